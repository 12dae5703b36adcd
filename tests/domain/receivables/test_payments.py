"""Receivables: opened by posting, paid in parts, overpaid, refunded and taken back."""

from datetime import date
from decimal import Decimal

import pytest

from domain.billing.inputs import Reversal, ReversedItem, Sending
from domain.billing.model import InvoiceStatus
from domain.kernel.errors import Refused
from domain.receivables.inputs import PaymentReversal, Refund
from domain.receivables.model import EntryKind, Receivable, ReceivableStatus
from tests.makers.accounts import a_member_account
from tests.makers.billing import an_invoice, the_operator, who_was_told
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def test_a_posted_invoice_opens_its_receivable() -> None:
    owed = await a_receivable(net="500.00")

    row = owed.row
    assert (row.status, row.amount_cents, row.currency) == (ReceivableStatus.OPEN, 595_00, "EUR")
    assert (row.due_on, row.order_id) == (owed.billed.invoice.due_on, owed.billed.case.order.id)


async def test_an_invoice_that_is_only_issued_has_none() -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)

    assert not await Receivable.filter(invoice_id=billed.invoice.id).exists()


async def test_an_invoice_over_nothing_is_paid_at_once() -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.POSTED, "0.00")

    row = await Receivable.get(invoice_id=billed.invoice.id)
    assert (row.status, row.amount_cents, row.due_on) == (ReceivableStatus.PAID, 0, None)


async def test_partial_payments_lead_to_paid() -> None:
    owed = await a_receivable("95.00")
    await a_member_account(owed.billed.case.member)
    assert (owed.row.status, owed.row.paid_cents) == (ReceivableStatus.PARTLY_PAID, 95_00)
    assert await who_was_told("receivable.recordPayment") == []

    await owed.pay("500.00")

    assert (owed.row.status, owed.row.paid_cents) == (ReceivableStatus.PAID, 595_00)
    assert await who_was_told("receivable.recordPayment") == ["MEMBER"]
    assert [entry.amount_cents for entry in await owed.entries()] == [-95_00, -500_00]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [("0", "amount_not_positive"), ("-5.00", "amount_not_positive"), ("1.001", "more_than_two_decimals")],
)
async def test_an_amount_is_greater_than_zero_with_two_decimals(amount: str, reason: str) -> None:
    owed = await a_receivable()

    with pytest.raises(Refused) as refused:
        await owed.pay(amount)

    assert [each.reason for each in refused.value.refusals] == [reason]
    assert await owed.entries() == []


async def test_a_payment_is_received_today_or_earlier() -> None:
    owed = await a_receivable()

    with pytest.raises(Refused) as refused:
        await owed.pay("5.00", on=date(2026, 4, 2))

    assert [(each.reason, each.path) for each in refused.value.refusals] == [("day_in_future", ("received_on",))]


async def test_what_is_paid_too_much_is_refunded_and_no_more() -> None:
    owed = await a_receivable("600.00")
    too_much = Refund(amount=Decimal("5.01"), refunded_on=date(2026, 4, 1))
    with pytest.raises(Refused) as refused:
        await owed.move("refund", too_much)
    assert [each.reason for each in refused.value.refusals] == ["refund_above_overpayment"]

    await owed.move("refund", Refund(amount=Decimal("5.00"), refunded_on=date(2026, 4, 1)))

    assert (owed.row.status, owed.row.paid_cents) == (ReceivableStatus.PAID, 595_00)
    with pytest.raises(Refused) as refused:
        await owed.move("refund", too_much)
    assert [each.reason for each in refused.value.refusals] == ["receivable_not_overpaid"]


async def test_a_payment_is_taken_back_once() -> None:
    owed = await a_receivable("95.00", "500.00")
    payment = (await owed.entries())[1]
    reversal = PaymentReversal(entry_id=payment.id, reason="Called back by the bank.")

    await owed.move("reversePayment", reversal)

    assert (owed.row.status, owed.row.paid_cents) == (ReceivableStatus.PARTLY_PAID, 95_00)
    last = (await owed.entries())[-1]
    assert (last.kind, last.amount_cents, last.reverses_id) == (EntryKind.PAYMENT_REVERSAL, 500_00, payment.id)
    with pytest.raises(Refused) as refused:
        await owed.move("reversePayment", reversal)
    assert [each.reason for each in refused.value.refusals] == ["payment_is_reversed"]


async def test_a_payment_of_another_receivable_is_unknown() -> None:
    owed, other = await a_receivable("10.00"), await a_receivable("20.00")
    (foreign,) = await other.entries()

    with pytest.raises(Refused) as refused:
        await owed.move("reversePayment", PaymentReversal(entry_id=foreign.id, reason="Mistake."))

    assert [each.reason for each in refused.value.refusals] == ["payment_unknown"]


async def test_a_partial_reversal_leaves_the_rest() -> None:
    owed = await a_receivable("95.00")
    (item,) = await owed.billed.items()

    part = ReversedItem(item_id=item.id, net=Decimal("100.00"))
    await owed.billed.move("reverse", takes=Reversal(reason="Too much.", items=(part,)))
    await owed.refresh()

    assert (owed.row.status, owed.row.canceled_cents) == (ReceivableStatus.PARTLY_PAID, 119_00)
    await owed.pay("381.00")
    assert owed.row.status is ReceivableStatus.PAID


async def test_an_invoice_reversed_before_it_is_posted_opens_with_less() -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    (item,) = await billed.items()
    part = ReversedItem(item_id=item.id, net=Decimal("100.00"))
    await billed.move("reverse", takes=Reversal(reason="Too much.", items=(part,)))

    await billed.move("recordSending", takes=Sending(reason="by post"))
    await billed.move("post")

    row = await Receivable.get(invoice_id=billed.invoice.id)
    assert (row.amount_cents, row.canceled_cents, row.status) == (595_00, 119_00, ReceivableStatus.OPEN)


async def test_what_was_paid_of_a_canceled_invoice_can_be_refunded() -> None:
    owed = await a_receivable("595.00")

    await owed.billed.move("reverse", takes=Reversal(reason="Never delivered."))
    await owed.refresh()
    assert (owed.row.status, owed.row.canceled_cents) == (ReceivableStatus.PAID, 595_00)
    await owed.move("refund", Refund(amount=Decimal("595.00"), refunded_on=date(2026, 4, 1)))

    assert (owed.row.status, owed.row.paid_cents) == (ReceivableStatus.OPEN, 0)
