"""The dry run of an invoice run: which lines group, which are left out and why, and that nothing is written."""

from datetime import date

import pytest
from tortoise import connections

from domain.billing.model import BillableLine, Invoice
from domain.engine.model import Event
from domain.kernel.actors import Actor
from domain.orders.inputs import CancellationReason
from domain.orders.model import CompletionRule, OrderStatus
from tests.makers.billing import a_manual_line, lines_of, move_line
from tests.makers.invoice_runs import a_run, lines_for, lines_of_one, move_run, the_exceptions, the_plan
from tests.makers.orders import an_order, planned
from tests.makers.parties import a_customer, a_member
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

NOT_COPIED = {"id", "version", "order_id", "delivery_id", "planned_invoice_id", "invoice_id"}
COUNT_WRITES = "SELECT (SELECT count(*) FROM invoice_run_invoices) + (SELECT count(*) FROM bulk_operations) AS rows"


async def test_lines_of_one_member_customer_and_date_are_one_invoice(fay: Actor) -> None:
    member, customer, lines = await lines_of_one(3)
    later = await a_manual_line(member=member, customer=customer, invoice_on=date(2026, 4, 20))
    other = await a_manual_line(member=member, customer=await a_customer("Kunde DEF"))

    run = await a_run(fay)

    assert await the_plan(run) == [[line.id for line in lines], [later.id], [other.id]]


async def test_what_is_outside_the_scope_of_the_tax_has_an_invoice_of_its_own(fay: Actor) -> None:
    member, customer, lines = await lines_of_one(1)
    outside = await a_manual_line(member=member, customer=customer, vat_category="OUT_OF_SCOPE")

    assert await the_plan(await a_run(fay)) == [[lines[0].id], [outside.id]]


async def test_more_lines_than_one_invoice_holds_become_two(fay: Actor) -> None:
    await lines_of_one(1)
    line = await BillableLine.get()
    copied = {name: getattr(line, name) for name in BillableLine._meta.fields_db_projection if name not in NOT_COPIED}
    await BillableLine.bulk_create([BillableLine(**copied) for _ in range(250)])

    assert [len(lines) for lines in await the_plan(await a_run(fay))] == [250, 1]


async def test_the_selection_narrows_the_lines(fay: Actor) -> None:
    first, second, third = await lines_for(3)
    later = await a_manual_line(invoice_on=date(2026, 5, 1))

    by_customer = await a_run(fay, customer_ids=(first.customer_id,))
    by_member = await a_run(fay, member_ids=(later.member_id,), invoice_on_until=date(2026, 5, 1))
    by_source = await a_run(fay, sources=("DELIVERY",))

    assert await the_plan(by_customer) == [[first.id]]
    assert await the_plan(by_member) == [[later.id]]
    assert await the_plan(by_source) == []
    assert await the_plan(await a_run(fay)) == [[first.id], [second.id], [third.id]]


async def test_what_is_left_out_has_its_reason(fay: Actor) -> None:
    ended = await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(invoice_on=date(2026, 4, 20)),))
    await ended.move("requestCancellation", ended.by_member, CancellationReason(reason="The project was stopped."))
    waiting = await an_order(
        OrderStatus.ACTIVE, completion_rule=CompletionRule.ON_ACCEPTANCE, planned_invoices=(planned(invoice_on=None),)
    )
    held, _ = await lines_for(2)
    await move_line(held, "hold")
    _, _, (credit,) = await lines_of_one(1, "-50.00")

    run = await a_run(fay)

    assert await the_exceptions(run) == {
        (await lines_of(ended))[0].id: "order_is_being_canceled",
        (await lines_of(waiting))[0].id: "line_waits_for_acceptance",
        held.id: "line_not_confirmed",
        credit.id: "total_below_zero",
    }


async def test_a_credit_is_set_against_what_the_same_customer_owes(fay: Actor) -> None:
    _, _, lines = await lines_of_one(2, "80.00", "-30.00")

    run = await move_run(await a_run(fay), "compose", fay)

    assert await the_exceptions(run) == {}
    assert (await Invoice.get()).net_cents == 5_000
    assert len(lines) == 2


async def test_the_dry_run_writes_nothing(fay: Actor) -> None:
    await lines_for(3)
    run, events = await a_run(fay), await Event.all().count()

    assert len(await the_plan(run)) == 3
    await the_exceptions(run)

    (written,) = await connections.get("default").execute_query_dict(COUNT_WRITES)
    assert (await Invoice.all().count(), written["rows"], await Event.all().count()) == (0, 0, events)


async def test_what_is_composed_is_what_was_foreseen(fay: Actor) -> None:
    member, customer, _ = await lines_of_one(4)
    await a_manual_line("12.34", member=member, customer=customer, invoice_on=date(2026, 4, 20))
    held, *_ = await lines_for(4)
    await move_line(held, "hold")
    run = await a_run(fay)
    plan, left_out = await the_plan(run), await the_exceptions(run)

    run = await move_run(run, "compose", fay)

    lines = await BillableLine.filter(invoice_id__isnull=False).order_by("id")
    composed: dict[object, list[object]] = {}
    for line in lines:
        composed.setdefault(line.invoice_id, []).append(line.id)
    assert sorted(composed.values()) == sorted(plan)
    assert (await the_exceptions(run), left_out) == (left_out, {held.id: "line_not_confirmed"})


async def test_a_run_without_lines_cannot_be_composed(fay: Actor) -> None:
    await a_member()
    run = await a_run(fay)

    with pytest.raises(Exception, match="run_has_nothing_to_compose"):
        await move_run(run, "compose", fay)
