"""Issuing: everything frozen, and numbers that are unique, consecutive and never early."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from domain.billing.document_numbers import allocate
from domain.billing.inputs import LineChanges
from domain.billing.model import DocumentNumber, Invoice, InvoiceStatus
from domain.kernel.errors import Refused
from domain.kernel.money import VatCategory
from domain.kernel.number_format import NumberFormat
from domain.operator.number_series import Series
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Customer
from tests.makers.billing import a_manual_line, an_invoice, compose, move_line, print_now, the_operator
from tests.makers.orders import an_order, planned
from tests.makers.parties import a_customer
from tests.makers.time import berlin, the_clock_shows

OF_2026 = Series(NumberFormat("RE-2026-", 5), 2026)

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

PRINTED = InvoiceStatus.PRINTED


async def test_a_printed_invoice_has_its_number_date_and_due_date() -> None:
    billed = await an_invoice(PRINTED)

    assert billed.invoice.number == "RE-2026-00001"
    assert (billed.invoice.issued_on, billed.invoice.due_on) == (date(2026, 4, 1), date(2026, 4, 15))
    entry = await DocumentNumber.get(number="RE-2026-00001")
    assert (entry.series, entry.sequence, entry.invoice_id) == ("RE-2026", 1, billed.invoice.id)


async def test_an_invoice_that_fell_below_zero_is_not_printed() -> None:
    billed = await an_invoice(InvoiceStatus.ON_HOLD)
    (line,) = await billed.lines()
    await move_line(line, "amend", takes=LineChanges(unit_price=Decimal("-10.00")))
    await billed.move("release")

    with pytest.raises(Refused) as refused:
        await print_now(billed.invoice)

    assert refused.value.refusals[0].reason == "total_below_zero"


async def test_an_invoice_over_nothing_is_issued_and_asks_for_nothing() -> None:
    credit = await a_manual_line("-100.00")
    fee = await a_manual_line("100.00", member=await credit.member, customer=await credit.customer)

    invoice = await print_now(await compose(credit.id, fee.id))

    assert (invoice.number, invoice.due_on, invoice.snapshot["due_on"]) == ("RE-2026-00001", None, None)


async def test_a_draft_has_no_number_but_a_provisional_one() -> None:
    billed = await an_invoice()

    assert billed.invoice.number is None
    assert billed.invoice.provisional_number.startswith("V-")


async def test_the_snapshot_says_everything_the_law_asks_for() -> None:
    billed = await an_invoice(PRINTED)

    said = billed.invoice.snapshot
    assert said["number"] == "RE-2026-00001"
    assert said["seller"]["name_de"] == "Werkstand eG"
    assert said["seller"]["vat_id"] == "DE123456789"
    assert (said["buyer"]["legal_name"], said["buyer"]["street"]) == ("Kunde XYZ", "Musterweg 1")
    assert said["orders"][0]["project"] == "Projekt ABC"
    assert (
        said["items"][0] | {"text": "Workshop", "service_from": "2026-04-01", "net_cents": 50_000} == said["items"][0]
    )
    assert (said["net_cents"], said["vat_cents"], said["gross_cents"]) == (50_000, 9_500, 59_500)


async def test_the_snapshot_keeps_the_customer_as_they_were() -> None:
    billed = await an_invoice(PRINTED)

    await Customer.filter(id=billed.case.customer.id).update(legal_name="Kunde ZYX", street="Neuer Weg 2")

    await billed.refresh()
    assert billed.invoice.snapshot["buyer"]["legal_name"] == "Kunde XYZ"


async def test_tax_is_reckoned_on_the_sum_of_each_rate() -> None:
    reduced = replace(planned("10.00"), vat_category=VatCategory.REDUCED)
    plan = (planned("0.10"), planned("0.10"), planned("0.10"), reduced)

    billed = await an_invoice(PRINTED, case=await an_order(OrderStatus.ACTIVE, planned_invoices=plan))

    groups = {
        group["rate"]: (group["net_cents"], group["vat_cents"]) for group in billed.invoice.snapshot["vat_groups"]
    }
    assert groups == {"19": (30, 6), "7": (1_000, 70)}
    assert billed.invoice.vat_cents == 76


async def test_reverse_charge_says_why_there_is_no_tax() -> None:
    customer = await a_customer(country="AT")
    await Customer.filter(id=customer.id).update(vat_id="ATU12345678")
    line = await a_manual_line(customer=customer, vat_category=VatCategory.REVERSE_CHARGE)

    invoice = await print_now(await compose(line.id))

    (group,) = invoice.snapshot["vat_groups"]
    assert (group["code"], group["vat_cents"]) == ("AE", 0)
    assert group["exemption"]["de"] == "Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)."


async def test_reverse_charge_needs_the_customers_vat_id() -> None:
    line = await a_manual_line(vat_category=VatCategory.REVERSE_CHARGE)

    assert await the_reason_against_printing(await compose(line.id)) == "customer_vat_id_missing"


@pytest.mark.parametrize("missing", ["street", "postcode", "city", "vat_id"])
async def test_an_invoice_needs_a_complete_operator(missing: str) -> None:
    billed = await an_invoice()
    await the_operator(**{missing: ""})

    assert await the_reason_against_printing(billed.invoice) == "operator_incomplete"


async def test_an_invoice_needs_the_customers_address() -> None:
    billed = await an_invoice()
    await Customer.filter(id=billed.case.customer.id).update(city="")

    assert await the_reason_against_printing(billed.invoice) == "customer_address_incomplete"


async def test_an_invoice_with_rates_of_another_date_is_not_issued() -> None:
    line = await a_manual_line(invoice_on=date(2020, 9, 30))

    assert await the_reason_against_printing(await compose(line.id)) == "tax_rate_of_another_date"


async def test_the_customer_is_told() -> None:
    billed = await an_invoice(PRINTED)

    (message,) = await OutboxMessage.filter(name="invoice.print")
    assert message.customer_id == billed.case.customer.id


async def test_each_year_has_its_own_numbers() -> None:
    first = await an_invoice(PRINTED)
    await the_clock_shows(berlin(2027, 1, 1, 0, 0, 1))

    second = await print_now(await compose((await a_manual_line()).id))

    assert (first.invoice.number, second.number) == ("RE-2026-00001", "RE-2027-00001")


async def test_fifty_parallel_prints_and_rollbacks_leave_no_gap_and_no_double() -> None:
    lines = [await a_manual_line() for _ in range(50)]
    drafts = [await compose(line.id) for line in lines]
    spare = await compose((await a_manual_line()).id)

    await asyncio.gather(*(print_now(draft) for draft in drafts), *(roll_back(spare) for _ in range(50)))

    issued = await Invoice.filter(status=PRINTED).order_by("number")
    assert [invoice.number for invoice in issued] == [f"RE-2026-{number:05}" for number in range(1, 51)]
    assert await DocumentNumber.all().count() == 50


async def test_a_number_is_taken_once_however_often_one_invoice_is_printed_at_once() -> None:
    billed = await an_invoice()

    outcomes = await asyncio.gather(*(print_now(billed.invoice) for _ in range(10)), return_exceptions=True)

    assert sum(isinstance(outcome, Invoice) for outcome in outcomes) == 1
    assert all(isinstance(outcome, (Invoice, Refused)) for outcome in outcomes)
    assert await DocumentNumber.all().count() == 1


async def the_reason_against_printing(invoice: Any) -> str:
    with pytest.raises(Refused) as refused:
        await print_now(invoice)
    return refused.value.refusals[0].reason


async def roll_back(invoice: Any) -> None:
    """Take a number and think better of it."""
    with suppress(ZeroDivisionError):
        async with in_transaction() as connection:
            await allocate(connection, OF_2026, [invoice.id], berlin(2026, 4, 1, 10))
            raise ZeroDivisionError
