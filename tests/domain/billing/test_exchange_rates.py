"""Invoices in other currencies: the tax is stated in euros, at the rate that finance enters."""

from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import ExchangeRate, Reversal
from domain.billing.model import Invoice
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.kernel.money import Currency, VatCategory
from tests.makers.billing import a_manual_line, an_invoice, compose, print_now
from tests.makers.parties import FINANCE
from tests.makers.time import berlin

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]


async def a_draft_in_dollars(**more: Any) -> Any:
    return await compose((await a_manual_line("1000.00", currency=Currency.USD, **more)).id)


async def enter_rate(invoice: Any, rate: str) -> None:
    command = Command(
        noun="invoice", move="setExchangeRate", subject_id=invoice.id, input=ExchangeRate(rate=Decimal(rate))
    )
    await execute(command, FINANCE)


async def reason_of(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return str(refused.value.refusals[0].reason)


async def test_an_invoice_in_dollars_is_not_issued_without_a_rate() -> None:
    assert await reason_of(print_now(await a_draft_in_dollars())) == "exchange_rate_missing"


async def test_its_tax_is_frozen_in_euros() -> None:
    draft = await a_draft_in_dollars()
    await enter_rate(draft, "1.0842")

    issued = await print_now(draft)

    assert (issued.currency, issued.vat_cents) == ("USD", 19_000)
    assert (issued.snapshot["exchange_rate"], issued.snapshot["vat_euro_cents"]) == ("1.0842", 17_524)


async def test_a_reversal_takes_the_tax_back_at_the_same_rate() -> None:
    draft = await a_draft_in_dollars()
    await enter_rate(draft, "1.0842")
    issued = await print_now(draft)

    reversed_ = Command(noun="invoice", move="reverse", subject_id=issued.id, input=Reversal(reason="Twice"))
    reversal = await Invoice.get(id=(await execute(reversed_, FINANCE)).subject_id)

    assert reversal.snapshot is not None
    assert reversal.snapshot["vat_euro_cents"] == -17_524


async def test_an_invoice_without_tax_needs_a_rate_as_well_and_states_no_tax_in_euros() -> None:
    draft = await a_draft_in_dollars(vat_category=VatCategory.EXPORT)
    assert await reason_of(print_now(draft)) == "exchange_rate_missing"
    await enter_rate(draft, "1.0842")

    issued = await print_now(draft)

    assert (issued.snapshot["exchange_rate"], issued.snapshot["vat_euro_cents"]) == ("1.0842", None)


async def test_an_invoice_in_euros_has_no_rate() -> None:
    billed = await an_invoice()

    assert await reason_of(enter_rate(billed.invoice, "1.1")) == "currency_is_euro"


@pytest.mark.parametrize("rate", ["0", "-1", "1.0000001", "10000.5", "NaN"])
async def test_an_impossible_rate_is_refused(rate: str) -> None:
    assert await reason_of(enter_rate(await a_draft_in_dollars(), rate)) == "exchange_rate_out_of_bounds"
