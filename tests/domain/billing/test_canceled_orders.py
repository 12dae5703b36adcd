"""Lines and invoices of a canceled order, also when the cancellation is undone."""

from typing import Any

import pytest

from domain.billing.inputs import Reversal
from domain.billing.model import Invoice, InvoiceKind, InvoiceStatus, LineStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.errors import Refused
from domain.orders.inputs import CancellationReason, OptionalComment, RequiredReason
from domain.orders.model import OrderStatus
from tests.makers.billing import Billed, a_manual_line, an_invoice, compose, lines_of, move_line, someone_in_finance
from tests.makers.orders import LONG_REASON, Case, an_order, planned
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

ON_HOLD = InvoiceStatus.ON_HOLD


async def ask_to_cancel(case: Case) -> None:
    await case.move("requestCancellation", case.by_member, CancellationReason(reason=LONG_REASON))


async def refuse(case: Case) -> None:
    await case.move("refuseCancellation", STAFF, RequiredReason(reason="The work is done."))


async def approve(case: Case) -> None:
    await case.move("approveCancellation", STAFF, OptionalComment())


async def a_shared_invoice() -> tuple[Billed, Case]:
    """One draft of two orders of the same member and customer; the second order comes along."""
    first = await an_order(OrderStatus.ACTIVE)
    second = await an_order(OrderStatus.ACTIVE, member=first.member, customer=first.customer)
    lines: list[Any] = await lines_of(first) + await lines_of(second)
    return Billed(await compose(*(line.id for line in lines)), first), second


async def test_a_requested_cancellation_holds_unissued_invoices() -> None:
    billed = await an_invoice()

    await ask_to_cancel(billed.case)

    await billed.refresh()
    assert (billed.invoice.status, billed.invoice.hold_causes) == (ON_HOLD, ["CANCELLATION"])


@pytest.mark.usefixtures("with_approval")
async def test_it_holds_pending_invoices_too() -> None:
    billed = await an_invoice(InvoiceStatus.PENDING_APPROVAL)

    await ask_to_cancel(billed.case)

    await billed.refresh()
    assert billed.invoice.status is ON_HOLD


async def test_it_adds_its_cause_to_an_invoice_that_is_on_hold() -> None:
    billed = await an_invoice(ON_HOLD)

    await ask_to_cancel(billed.case)

    await billed.refresh()
    assert billed.invoice.hold_causes == ["FINANCE", "CANCELLATION"]


async def test_an_issued_invoice_stays_issued_while_the_cancellation_is_reviewed() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)

    await ask_to_cancel(billed.case)

    await billed.refresh()
    assert billed.invoice.status is InvoiceStatus.PRINTED


async def test_nothing_is_composed_while_the_cancellation_is_reviewed() -> None:
    case = await an_order(OrderStatus.CANCELLATION_REVIEW)
    (line,) = await lines_of(case)
    await the_clock_shows(berlin(2026, 5, 3))

    await fire_due_deadlines()
    with pytest.raises(Refused) as refused:
        await compose(line.id)

    assert refused.value.refusals[0].reason == "order_is_being_canceled"
    assert await Invoice.all().count() == 0
    assert (await Deadline.get(kind="invoice.compose")).state is DeadlineState.DISARMED


async def test_a_refused_cancellation_lifts_its_holds() -> None:
    billed = await an_invoice()
    await ask_to_cancel(billed.case)

    await refuse(billed.case)

    await billed.refresh()
    assert (billed.invoice.status, billed.invoice.hold_causes) == (InvoiceStatus.READY_TO_PRINT, [])


async def test_a_refused_cancellation_leaves_other_causes() -> None:
    billed = await an_invoice(ON_HOLD)
    await ask_to_cancel(billed.case)

    await refuse(billed.case)

    await billed.refresh()
    assert (billed.invoice.status, billed.invoice.hold_causes) == (ON_HOLD, ["FINANCE"])


async def test_an_overdue_compose_is_armed_again_when_the_cancellation_is_refused() -> None:
    case = await an_order(OrderStatus.CANCELLATION_REVIEW)
    await the_clock_shows(berlin(2026, 5, 6))
    await fire_due_deadlines()

    await refuse(case)
    await fire_due_deadlines()

    assert (await Invoice.get()).status is InvoiceStatus.READY_TO_PRINT
    assert (await Deadline.get(kind="invoice.print")).due_at == berlin(2026, 5, 10, 8)


async def test_a_canceled_order_has_only_canceled_lines_and_drafts() -> None:
    case = await an_order(OrderStatus.ACTIVE, planned_invoices=(planned("500.00"), planned("950.00")))
    first, _ = await lines_of(case)
    draft = await compose(first.id)
    await ask_to_cancel(case)

    await approve(case)

    assert (await Invoice.get(id=draft.id)).status is InvoiceStatus.CANCELED
    assert [line.status for line in await lines_of(case)] == [LineStatus.CANCELED, LineStatus.CANCELED]
    assert await Invoice.filter(number__isnull=False).count() == 0


@pytest.mark.parametrize("status", [InvoiceStatus.PRINTED, InvoiceStatus.POSTED])
async def test_an_issued_invoice_of_a_canceled_order_is_reversed(status: InvoiceStatus) -> None:
    billed = await an_invoice(status)
    await ask_to_cancel(billed.case)

    await approve(billed.case)

    reversal: Any = await Invoice.get(kind=InvoiceKind.CANCELLATION)
    assert (reversal.reverses_id, reversal.net_cents, reversal.number) == (
        billed.invoice.id,
        -50_000,
        "ST-2026-00001",
    )
    number = billed.case.order.number
    assert reversal.snapshot["reason"] == {
        "de": f"Der Auftrag {number} wurde storniert.",
        "en": f"Order {number} was canceled.",
    }


async def test_what_was_reversed_before_is_not_reversed_again() -> None:
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await billed.move("reverse", takes=Reversal(reason="Wrong price."))
    await ask_to_cancel(billed.case)

    await approve(billed.case)

    assert await Invoice.filter(kind=InvoiceKind.CANCELLATION).count() == 1


async def test_a_shared_draft_is_taken_apart_and_the_other_order_keeps_its_line() -> None:
    billed, other = await a_shared_invoice()
    await ask_to_cancel(billed.case)

    await approve(billed.case)

    await billed.refresh()
    (canceled,), (kept,) = await lines_of(billed.case), await lines_of(other)
    assert (billed.invoice.status, billed.invoice.is_undone) == (InvoiceStatus.CANCELED, True)
    assert (canceled.status, kept.status) == (LineStatus.CANCELED, LineStatus.CONFIRMED)
    assert (kept.invoice_id, kept.composed_by_finance_only) == (None, True)


async def test_of_a_shared_issued_invoice_only_the_canceled_orders_items_are_reversed() -> None:
    billed, _ = await a_shared_invoice()
    await billed.move("print")
    await ask_to_cancel(billed.case)

    await approve(billed.case)

    reversal = await Invoice.get(kind=InvoiceKind.CANCELLATION)
    assert (billed.invoice.net_cents, reversal.net_cents) == (100_000, -50_000)


async def test_a_canceled_orders_discount_on_a_shared_invoice_is_left_to_finance() -> None:
    first = await an_order(OrderStatus.ACTIVE)
    second = await an_order(OrderStatus.ACTIVE, member=first.member, customer=first.customer)
    (line,) = await lines_of(first)
    facts = {"order_id": second.order.id, "invoice_on": line.invoice_on}
    discount = await a_manual_line("-100.00", member=first.member, customer=first.customer, **facts)
    await Billed(await compose(line.id, discount.id), first).move("print")
    await ask_to_cancel(second)

    await approve(second)

    await second.order.refresh_from_db()
    assert second.order.status is OrderStatus.CANCELED
    assert await Invoice.filter(kind=InvoiceKind.CANCELLATION).count() == 0


async def test_a_shared_invoice_is_held_as_long_as_one_of_its_orders_is_under_review() -> None:
    billed, other = await a_shared_invoice()
    await ask_to_cancel(billed.case)
    await ask_to_cancel(other)

    await refuse(other)
    await billed.refresh()
    assert billed.invoice.hold_causes == ["CANCELLATION"]
    await refuse(billed.case)

    await billed.refresh()
    assert billed.invoice.status is InvoiceStatus.READY_TO_PRINT


async def test_a_canceled_invoice_is_not_restored_once_its_order_is_canceled() -> None:
    billed = await an_invoice(InvoiceStatus.CANCELED)
    await ask_to_cancel(billed.case)
    await approve(billed.case)

    with pytest.raises(Refused) as refused:
        await billed.move("restore")

    assert refused.value.refusals[0].reason == "order_is_being_canceled"


async def test_a_line_of_a_canceled_order_is_not_restored() -> None:
    case = await an_order(OrderStatus.CANCELED)
    (line,) = await lines_of(case)

    with pytest.raises(Refused) as refused:
        await move_line(line, "restore")

    assert refused.value.refusals[0].reason == "order_of_line_canceled"


@pytest.mark.usefixtures("with_approval")
async def test_an_invoice_released_after_a_refused_cancellation_is_approved_anew() -> None:
    billed = await an_invoice(InvoiceStatus.PENDING_APPROVAL)
    await billed.move("approve", await someone_in_finance())
    await ask_to_cancel(billed.case)

    await refuse(billed.case)

    await billed.refresh()
    assert billed.invoice.status is InvoiceStatus.READY_TO_SUBMIT


async def test_a_rejected_order_leaves_nothing_to_invoice() -> None:
    case = await an_order(OrderStatus.REJECTED)

    assert await lines_of(case) == []
