"""Composing invoices: by the clock seven days ahead, or by finance at once."""

from datetime import date

import pytest

from domain.billing.model import Invoice, InvoiceStatus
from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState, Event
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Refused
from domain.orders.model import CompletionRule, OrderStatus
from tests.makers.billing import (
    a_manual_line,
    an_invoice,
    compose,
    lines_of,
    move_line,
    someone_in_finance,
    the_operator,
    who_was_told,
)
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order, planned
from tests.makers.parties import a_customer, a_member, a_member_who_signs_in
from tests.makers.records import what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = [pytest.mark.frozen_clock(berlin(2026, 4, 1, 10)), pytest.mark.usefixtures("operator")]

SUNDAY = date(2026, 5, 10)


async def test_an_invoice_planned_for_sunday_10_may_is_drafted_on_sunday_3_may() -> None:
    await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(invoice_on=SUNDAY),))
    await the_clock_shows(berlin(2026, 5, 2, 23, 59, 59))
    await fire_due_deadlines()
    assert await Invoice.all().count() == 0

    await the_clock_shows(berlin(2026, 5, 3))
    await fire_due_deadlines()

    invoice = await Invoice.get()
    assert (invoice.status, invoice.number) == (InvoiceStatus.READY_TO_PRINT, None)


async def test_it_is_printed_on_sunday_10_may_at_eight() -> None:
    await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(invoice_on=SUNDAY),))
    await the_clock_shows(berlin(2026, 5, 3))
    await fire_due_deadlines()
    await the_clock_shows(berlin(2026, 5, 10, 7, 59, 59))
    await fire_due_deadlines()
    assert (await Invoice.get()).status is InvoiceStatus.READY_TO_PRINT

    await the_clock_shows(berlin(2026, 5, 10, 8))
    await fire_due_deadlines()

    invoice = await Invoice.get()
    assert (invoice.status, invoice.issued_on, invoice.number) == ("PRINTED", SUNDAY, "RE-2026-00001")


async def test_a_plan_that_is_nearer_than_seven_days_is_drafted_at_once_and_printed_a_working_day_later() -> None:
    await the_clock_shows(berlin(2026, 4, 2, 15))
    await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(invoice_on=date(2026, 4, 3)),))

    await fire_due_deadlines()

    printing = await Deadline.get(kind="invoice.print")
    assert printing.due_at == berlin(2026, 4, 7, 15)


async def test_the_clock_makes_one_invoice_per_planned_invoice() -> None:
    await an_order(OrderStatus.ACTIVE, planned_invoices=(planned("500.00"), planned("950.00")))
    await the_clock_shows(berlin(2026, 5, 3))

    await fire_due_deadlines()

    assert [invoice.net_cents for invoice in await Invoice.all().order_by("net_cents")] == [50_000, 95_000]


async def test_the_member_is_told_to_check_the_draft() -> None:
    member = await a_member_who_signs_in()

    await an_invoice(case=await an_order(OrderStatus.ACTIVE, member=member))

    assert await who_was_told("invoice.compose") == [Role.MEMBER]


@pytest.mark.usefixtures("with_approval")
async def test_with_workflow_the_draft_is_ready_to_submit_and_not_printed_by_itself() -> None:
    await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(invoice_on=SUNDAY),))
    for day in (3, 10, 20):
        await the_clock_shows(berlin(2026, 5, day, 8))
        await fire_due_deadlines()

    assert (await Invoice.get()).status is InvoiceStatus.READY_TO_SUBMIT


async def test_finance_composes_several_lines_into_one_invoice() -> None:
    billed = await an_invoice(InvoiceStatus.READY_TO_PRINT, "500.00", "950.00")

    assert [item.net_cents for item in await billed.items()] == [50_000, 95_000]
    assert (billed.invoice.net_cents, billed.invoice.vat_cents) == (145_000, 27_550)
    assert billed.invoice.order_id == billed.case.order.id


async def test_composed_lines_are_not_composed_again_by_the_clock() -> None:
    billed = await an_invoice()
    await the_clock_shows(berlin(2026, 5, 3))

    await fire_due_deadlines()

    assert await Invoice.all().count() == 1
    deadline = await Deadline.get(kind="invoice.compose", order_id=billed.case.order.id)
    assert deadline.state is DeadlineState.DISARMED


async def test_a_line_is_on_one_invoice_only() -> None:
    billed = await an_invoice()
    (line,) = await billed.lines()

    with pytest.raises(Refused) as refused:
        await compose(line.id)

    assert refused.value.refusals[0].reason == "line_is_on_an_invoice"


async def test_a_held_line_is_not_composed() -> None:
    line = await move_line(await a_manual_line(), "hold")

    with pytest.raises(Refused) as refused:
        await compose(line.id)

    assert refused.value.refusals[0].reason == "line_not_confirmed"


async def test_an_invoice_below_zero_is_not_composed_and_one_of_nothing_is() -> None:
    credit = await a_manual_line("-100.00")
    fee = await a_manual_line("100.00", member=await credit.member, customer=await credit.customer)

    with pytest.raises(Refused) as refused:
        await compose(credit.id)

    assert refused.value.refusals[0].reason == "total_below_zero"
    assert (await compose(credit.id, fee.id)).net_cents == 0


async def test_lines_of_different_keys_do_not_group() -> None:
    first, customer = await a_manual_line(), await a_customer("Andere Kundin")
    member = await first.member
    other_customer = await a_manual_line(member=member, customer=customer)
    other_date = await a_manual_line(member=member, customer=await first.customer, invoice_on=SUNDAY)

    for other, reason in ((other_customer, "lines_differ_in_customer"), (other_date, "lines_differ_in_invoice_on")):
        with pytest.raises(Refused) as refused:
            await compose(first.id, other.id)
        assert [refusal.reason for refusal in refused.value.refusals] == [reason]


async def test_lines_with_different_terms_do_not_group() -> None:
    first = await a_manual_line()
    await the_operator(payment_days=30)
    second = await a_manual_line(member=await first.member, customer=await first.customer)

    with pytest.raises(Refused) as refused:
        await compose(first.id, second.id)

    assert refused.value.refusals[0].reason == "lines_differ_in_payment_days"


async def test_unknown_and_doubled_lines_are_refused_by_name() -> None:
    line = await a_manual_line()
    unknown = (await a_member()).id

    with pytest.raises(Refused) as stranger:
        await compose(line.id, unknown)
    with pytest.raises(Refused) as twice:
        await compose(line.id, line.id)

    assert stranger.value.refusals[0].path == ("line_ids", "1")
    assert twice.value.refusals[0].reason == "line_named_twice"


async def test_decomposed_lines_are_free_again_and_left_to_finance() -> None:
    billed = await an_invoice()
    await billed.move("decompose")
    (line,) = await lines_of(billed.case)
    assert (billed.invoice.status, billed.invoice.is_undone, billed.invoice.number) == ("CANCELED", True, None)
    assert (line.status, line.invoice_id) == ("CONFIRMED", None)

    await the_clock_shows(berlin(2026, 5, 10, 8))
    await fire_due_deadlines()
    assert await Invoice.all().count() == 1
    with pytest.raises(Refused):
        await compose(line.id, actor=CLOCK)

    assert (await compose(line.id)).status is InvoiceStatus.READY_TO_PRINT


async def test_an_order_complete_on_acceptance_is_invoiced_from_the_day_of_acceptance() -> None:
    plan = (planned(invoice_on=None),)
    delivery = await a_delivery(completion_rule=CompletionRule.ON_ACCEPTANCE, planned_invoices=plan)
    (line,) = await lines_of(delivery.around)
    assert line.invoice_on is None

    await delivery.move("accept")
    await fire_due_deadlines()

    invoice, (line,) = await Invoice.get(), await lines_of(delivery.around)
    assert line.invoice_on == invoice.invoice_on == date(2026, 4, 1)
    assert (await Deadline.get(kind="invoice.print")).due_at == berlin(2026, 4, 2, 10)


async def test_the_draft_is_in_the_orders_history() -> None:
    billed = await an_invoice()

    event = await Event.get(name="invoice.compose")

    assert (event.order_id, event.subject_id) == (billed.case.order.id, billed.invoice.id)


async def test_a_line_by_hand_with_a_date_composes_itself_seven_days_before() -> None:
    line = await a_manual_line(invoice_on=date(2026, 6, 10))

    assert await what_is_due("invoice.compose", line.id) == berlin(2026, 6, 3)


async def test_confirming_a_line_by_hand_arms_its_composing() -> None:
    await the_operator(approval_workflow=True)
    line = await a_manual_line(invoice_on=date(2026, 6, 10))
    before = await what_is_due("invoice.compose", line.id)

    await move_line(line, "confirm", await someone_in_finance())

    assert before is None
    assert await what_is_due("invoice.compose", line.id) == berlin(2026, 6, 3)


async def test_a_line_by_hand_without_a_date_waits_for_finance() -> None:
    line = await a_manual_line()

    assert await what_is_due("invoice.compose", line.id) is None
