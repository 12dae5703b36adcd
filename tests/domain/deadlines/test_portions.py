"""Portions: due deadlines of one kind are fired together, and what fails in one of them hinders no other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from tortoise import connections

from domain.commands import fire_due_deadlines
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.event_log import broken_chains
from domain.engine.model import Deadline, DeadlineState
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.records import the_events_of
from tests.makers.time import berlin, the_clock_shows
from tests.support.round_trips import recorded

pytestmark = pytest.mark.database

MONDAY = berlin(2026, 6, 1, 12)
THURSDAY = berlin(2026, 6, 4, 12)
BROKEN = """CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is broken'; END $$;
CREATE TRIGGER broken BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.id = '{id}') EXECUTE FUNCTION break()"""


@asynccontextmanager
async def a_row_that_cannot_be_written(owner: asyncpg.Connection, delivery_id: UUID) -> AsyncIterator[None]:
    await owner.execute(BROKEN.format(id=delivery_id))
    try:
        yield
    finally:
        await owner.execute("DROP FUNCTION break() CASCADE")


async def statuses(cases: list[DeliveryCase]) -> list[DeliveryStatus]:
    return [(await Delivery.get(id=case.id)).status for case in cases]


async def test_many_are_fired_together_and_each_leaves_its_event_with_its_due_time() -> None:
    cases = [await a_delivery(at=MONDAY) for _ in range(4)]
    await the_clock_shows(THURSDAY - timedelta(minutes=1))
    await fire_due_deadlines()
    await the_clock_shows(THURSDAY)

    with recorded() as found:
        await fire_due_deadlines()

    assert await statuses(cases) == [DeliveryStatus.ACCEPTED] * 4
    for case in cases:
        assert (await the_events_of(case.id))[-1] == "delivery.autoAccept"
        assert (await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")).state is DeadlineState.FIRED
    assert sum("UPDATE deliveries" in each.statement and each.kind != "prepare" for each in found) == 1
    assert await broken_chains(connections.get("default")) == []


async def test_only_the_row_that_cannot_be_written_is_put_off(owner: asyncpg.Connection) -> None:
    cases = [await a_delivery(at=MONDAY) for _ in range(4)]
    await the_clock_shows(THURSDAY)

    async with a_row_that_cannot_be_written(owner, cases[2].id):
        await fire_due_deadlines()

    delivered, accepted = DeliveryStatus.DELIVERED, DeliveryStatus.ACCEPTED
    assert await statuses(cases) == [accepted, accepted, delivered, accepted]
    failed = await Deadline.get(subject_id=cases[2].id, kind="delivery.autoAccept")
    assert (failed.state, failed.attempts) == (DeadlineState.PENDING, 1)
    assert "the disk is broken" in (failed.last_error or "")


async def test_a_row_that_is_locked_holds_up_no_other(owner: asyncpg.Connection) -> None:
    cases = [await a_delivery(at=MONDAY) for _ in range(4)]
    await the_clock_shows(THURSDAY)
    others = [case for case in cases if case is not cases[1]]

    async with owner.transaction():
        await owner.execute("SELECT FROM orders WHERE id = $1 FOR UPDATE", cases[1].around.order.id)
        await fire_due_deadlines()
        assert await statuses(others) == [DeliveryStatus.ACCEPTED] * 3

    await fire_due_deadlines()
    assert await statuses(cases) == [DeliveryStatus.ACCEPTED] * 4
