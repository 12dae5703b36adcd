"""Sweep: fires everything that is due, once, even when some of it fails."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import pytest

from domain.billing.model import Invoice
from domain.commands import fire_due_deadlines
from domain.database.clock import travel
from domain.deadlines.sweeper import MAX_ATTEMPTS, fire_or_postpone
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility, Order, OrderStatus
from domain.outbox.model import OutboxMessage
from domain.registry import REGISTRY
from tests.makers.accounts import an_account
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order, planned
from tests.makers.parties import STAFF
from tests.makers.records import the_events_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.polling import it_happens
from tests.support.round_trips import recorded

pytestmark = pytest.mark.database

# As PostgreSQL says it to a session that an administrator ends.
ENDS_SESSIONS = """
CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'terminating connection' USING ERRCODE = 'admin_shutdown'; END $$;
CREATE TRIGGER end_session BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION end_session()"""
MONDAY = berlin(2026, 6, 1, 12)
THURSDAY = berlin(2026, 6, 4, 12)


async def a_deadline(kind: str, subject_id: UUID | None = None) -> Deadline:
    """A due deadline that nothing keeps in step with any facts."""
    return await Deadline.create(
        kind=kind,
        subject_kind=kind.partition(".")[0],
        subject_id=subject_id or new_id(),
        anchor_at=MONDAY,
        due_at=MONDAY,
        next_attempt_at=MONDAY,
        basis="a test",
    )


async def test_one_that_fails_is_put_off_and_holds_up_no_other() -> None:
    case = await a_delivery(at=MONDAY)
    failing = await a_deadline("order.nobodyKnowsThis")
    await the_clock_shows(THURSDAY)

    await fire_due_deadlines()

    await failing.refresh_from_db()
    assert (failing.state, failing.attempts) == (DeadlineState.PENDING, 1)
    assert failing.next_attempt_at > THURSDAY
    assert "KeyError" in (failing.last_error or "")
    assert (await Delivery.get(id=case.id)).status is DeliveryStatus.ACCEPTED


async def test_what_is_fired_together_does_not_wait_for_all_that_stand_alone() -> None:
    await a_delivery(at=MONDAY)
    await the_clock_shows(THURSDAY - timedelta(minutes=1))
    await fire_due_deadlines()
    for _ in range(50):
        await a_deadline("order.nobodyKnowsThis")
    await the_clock_shows(THURSDAY)

    with recorded() as found:
        await fire_due_deadlines()

    put_off = [place for place, each in enumerate(found) if "UPDATE deadlines SET attempts" in each.statement]
    accepted = next(place for place, each in enumerate(found) if "UPDATE deliveries" in each.statement)
    assert sum(place < accepted for place in put_off) < 25
    assert await Deadline.filter(kind="order.nobodyKnowsThis", attempts=1).count() == 50


async def test_one_that_waits_for_a_lock_holds_up_no_other_that_stands_alone(owner: asyncpg.Connection) -> None:
    await the_clock_shows(berlin(2026, 4, 1, 10))
    cases = [await an_order(OrderStatus.ACTIVE, planned_invoices=(planned(),)) for _ in range(3)]
    await the_clock_shows(berlin(2026, 5, 3))

    async with owner.transaction():
        await owner.execute("SELECT FROM orders WHERE id = $1 FOR UPDATE", cases[0].order.id)
        sweep = asyncio.create_task(fire_due_deadlines())
        await it_happens(lambda: are_composed(2))
        assert await Invoice.filter(order_id=cases[0].order.id).count() == 0

    await sweep
    await fire_due_deadlines()
    assert await are_composed(3)


async def are_composed(count: int) -> bool:
    return await Invoice.all().count() == count


async def test_an_outage_of_the_database_is_no_failure_of_the_deadline(owner: asyncpg.Connection) -> None:
    case = await a_delivery(at=MONDAY)
    await the_clock_shows(THURSDAY)
    await owner.execute(ENDS_SESSIONS)
    try:
        await fire_due_deadlines()
    finally:
        await owner.execute("DROP FUNCTION end_session() CASCADE")
    waiting = await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")
    assert (waiting.state, waiting.attempts) == (DeadlineState.PENDING, 0)

    await fire_due_deadlines()

    assert (await Delivery.get(id=case.id)).status is DeliveryStatus.ACCEPTED


async def test_one_that_keeps_failing_is_given_up_and_the_administrators_are_told() -> None:
    await the_clock_shows(MONDAY)
    admin = await an_account(Role.ADMIN)
    failing = await a_deadline("order.nobodyKnowsThis")

    for day in range(MAX_ATTEMPTS):
        await the_clock_shows(MONDAY + timedelta(days=day))
        await fire_due_deadlines()

    await failing.refresh_from_db()
    assert failing.state is DeadlineState.FAILED
    message = await OutboxMessage.get(name="deadline.failed")
    assert (message.account_id, message.recipient_role) == (admin.id, Role.ADMIN)


async def test_a_refused_deadline_sleeps_until_a_related_move_wakes_it() -> None:
    await the_clock_shows(MONDAY)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 6, 10))
    expiry = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    await Deadline.filter(id=expiry.id).update(due_at=MONDAY, next_attempt_at=MONDAY)

    await fire_due_deadlines()

    await expiry.refresh_from_db()
    assert (expiry.state, expiry.attempts) == (DeadlineState.PENDING, 1)
    assert expiry.next_attempt_at == MONDAY + timedelta(minutes=1)
    assert "offer_still_open" in (expiry.last_error or "")

    await case.move("comment", STAFF, CommentText(text="Still thinking?", visibility=CommentVisibility.MEMBER))

    await expiry.refresh_from_db()
    assert expiry.next_attempt_at == expiry.due_at


async def test_two_clocks_fire_each_deadline_once() -> None:
    cases = [await a_delivery(at=MONDAY) for _ in range(6)]
    await the_clock_shows(THURSDAY)

    await asyncio.gather(*(fire_due_deadlines() for _ in range(3)))

    for case in cases:
        assert (await the_events_of(case.id)).count("delivery.autoAccept") == 1


async def test_nothing_is_fired_early() -> None:
    await the_clock_shows(MONDAY)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 6, 10))
    expiry = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    await the_clock_shows(expiry.due_at - timedelta(microseconds=1))

    assert not await fire_or_postpone(REGISTRY, expiry.id)

    assert (await Order.get(id=case.order.id)).status is OrderStatus.AWAITING_CUSTOMER


async def test_a_travelling_clock_brings_deadlines_about() -> None:
    case = await a_delivery()
    await travel(timedelta(days=4))

    await fire_due_deadlines()

    assert (await Delivery.get(id=case.id)).status is DeliveryStatus.ACCEPTED
