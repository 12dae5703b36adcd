"""What comes into a budget: shares of payments, of guaranteed invoices, and what is taken back of both."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.billing.inputs import ExchangeRate, Reversal, ReversedItem, Sending
from domain.billing.model import InvoiceStatus
from domain.budgets.inputs import Correction
from domain.budgets.model import BudgetEntry, MemberBudget
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.kernel.money import Currency, VatCategory
from domain.operator.model import OperatorSettings
from domain.receivables.inputs import PaymentReversal, Refund, WriteOff
from domain.receivables.model import Receivable
from tests.makers.billing import WAY, Billed, a_manual_line, compose, the_operator
from tests.makers.claims import Funds, some_funds
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, a_member
from tests.makers.receivables import Owed
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def reverse_last_payment(owed: Owed) -> None:
    payment: Any = (await owed.entries())[-1]
    await owed.move("reversePayment", PaymentReversal(entry_id=payment.id, reason="Called back."))


async def test_every_member_has_a_budget_from_the_beginning() -> None:
    member: Any = await a_member()

    await member.fetch_related("budget")
    assert (member.budget.received_cents, member.budget.reserved_cents, member.budget.paid_cents) == (0, 0, 0)


async def test_a_paid_invoice_brings_net_less_the_fee() -> None:
    funds = await some_funds("595.00")

    assert await funds.entries() == [("INFLOW", 455_00)]
    assert await funds.available_cents() == 455_00


async def test_partial_payments_count_pro_rata_and_the_last_takes_the_rounding() -> None:
    funds = await some_funds("198.33", "198.33", "198.34")

    # 45500 * 19833 / 59500 = 15166.41; twice that is 30332.82
    assert await funds.entries() == [("INFLOW", 151_66), ("INFLOW", 151_67), ("INFLOW", 151_67)]
    assert await funds.available_cents() == 455_00


@pytest.mark.parametrize("category", [VatCategory.STANDARD, VatCategory.EXPORT])
async def test_an_invoice_in_another_currency_counts_in_euros_by_its_own_rate(category: VatCategory) -> None:
    await the_operator()
    line = await a_manual_line("1000.00", currency=Currency.USD, vat_category=category)
    billed = Billed(await compose(line.id), await an_order())
    await billed.move("setExchangeRate", takes=ExchangeRate(rate=Decimal("1.25")))
    for step in WAY[InvoiceStatus.POSTED]:
        await billed.move(step, takes=Sending(reason="by post") if step == "recordSending" else None)
    receivable = await Receivable.get(invoice_id=billed.invoice.id)
    owed = Owed(receivable, billed)

    await owed.pay("500.00")
    await owed.pay(str(Decimal(receivable.amount_cents) / 100 - 500))

    # 910.00 dollars are 728.00 euros, of which the first payment brings its part of what the invoice asks for.
    budget: Any = await MemberBudget.get(member_id=line.member_id)
    first = {VatCategory.STANDARD: 305_88, VatCategory.EXPORT: 364_00}[category]
    booked = [entry.amount_cents for entry in await BudgetEntry.filter(budget_id=budget.id).order_by("id")]
    assert (booked, budget.received_cents) == ([first, 728_00 - first], 728_00)


async def test_what_is_paid_too_much_brings_nothing() -> None:
    funds = await some_funds("600.00")

    await funds.owed.move("refund", Refund(amount=Decimal("5.00"), refunded_on=date(2026, 4, 1)))

    assert await funds.entries() == [("INFLOW", 455_00)]


async def test_a_payment_that_is_taken_back_takes_its_share_back() -> None:
    funds = await some_funds("95.00", "500.00")

    await reverse_last_payment(funds.owed)

    # 45500 * 9500 / 59500 = 7264.7
    assert await funds.entries() == [("INFLOW", 72_65), ("INFLOW", 382_35), ("REVERSAL", -382_35)]


async def test_a_partial_cancellation_takes_back_of_the_share() -> None:
    funds = await some_funds("595.00")
    (item,) = await funds.owed.billed.items()

    part = ReversedItem(item_id=item.id, net=Decimal("100.00"))
    await funds.owed.billed.move("reverse", takes=Reversal(reason="Too much.", items=(part,)))

    assert await funds.entries() == [("INFLOW", 455_00), ("REVERSAL", -91_00)]


async def a_guaranteed_invoice(*payments: str) -> Funds:
    """The order is confirmed by its customer in the EU, and the setting is on before the invoice is posted."""
    await the_operator()
    await OperatorSettings.all().update(guarantee_pays_at_posting=True)
    return await some_funds(*payments)


async def test_a_guaranteed_invoice_counts_when_it_is_posted_and_is_not_counted_twice() -> None:
    funds = await a_guaranteed_invoice("595.00")

    assert await funds.entries() == [("GUARANTEE", 455_00)]


async def test_a_written_off_guarantee_is_clawed_back_but_for_what_was_paid() -> None:
    funds = await a_guaranteed_invoice("495.00")

    await funds.owed.move("writeOff", WriteOff(reason="Small."))

    # 45500 * 49500 / 59500 = 37852.94
    assert await funds.entries() == [("GUARANTEE", 455_00), ("CLAWBACK", -76_47)]
    await funds.owed.pay("100.00")
    assert await funds.available_cents() == 455_00


async def test_finance_corrects_with_a_reason_and_not_by_nothing() -> None:
    funds = await some_funds()
    await funds.correct("-20.50")

    nothing = Correction(amount=Decimal(0), reason="Nothing.")
    command = Command(noun="memberBudget", move="correct", subject_id=(await funds.row()).id, input=nothing)
    with pytest.raises(Refused) as refused:
        await execute(command, FINANCE)

    assert [each.reason for each in refused.value.refusals] == ["correction_of_nothing"]
    assert await funds.entries() == [("CORRECTION", -20_50)]
