"""Daily anchors over the event chains, and what has expired."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from domain.commands import remove_expired
from domain.database import clock
from domain.database.anchors import anchor_finished_days, broken_anchors
from domain.database.heartbeats import beat
from domain.database.model import ChainAnchor
from domain.engine.model import IdempotencyRecord
from settings import Settings
from tests.makers.orders import an_order
from tests.makers.time import the_clock_shows
from tests.support.tampering import tamper
from workers.commands.doctor.database_checks import clock as seen_by_the_doctor

pytestmark = pytest.mark.database

MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


async def an_event_a_day(days: int) -> None:
    for day in range(days):
        await the_clock_shows(MONDAY + timedelta(days=day))
        await an_order()


async def test_every_finished_day_with_events_is_anchored_once() -> None:
    await an_event_a_day(3)
    await the_clock_shows(datetime(2026, 6, 4, 0, 30, tzinfo=UTC))

    assert await anchor_finished_days() == 2
    assert await anchor_finished_days() == 0

    assert [anchor.day for anchor in await ChainAnchor.all().order_by("day")] == [date(2026, 6, 1), date(2026, 6, 2)]
    assert await broken_anchors() == []


async def test_a_clock_that_was_moved_ahead_anchors_nothing_because_it_may_be_set_back() -> None:
    await an_order()
    await clock.travel(timedelta(days=3))

    assert await anchor_finished_days() == 0


async def test_an_event_that_was_changed_breaks_the_anchor_of_its_day(owner: asyncpg.Connection) -> None:
    await an_event_a_day(2)
    await the_clock_shows(MONDAY + timedelta(days=9))
    await anchor_finished_days()

    await tamper(owner, "UPDATE events SET hash = sha256(hash) WHERE at < $1", MONDAY + timedelta(hours=1))

    assert await broken_anchors() == [date(2026, 6, 1)]


async def test_keys_of_commands_are_kept_for_seven_real_days() -> None:
    real_now = datetime.now(UTC)
    for days in (6, 8):
        created_at = real_now - timedelta(days=days)
        await IdempotencyRecord.create(actor="somebody", key=f"{days}", fingerprint="x", created_at=created_at)
    await the_clock_shows(real_now + timedelta(days=30))

    await remove_expired()

    assert [record.key for record in await IdempotencyRecord.all()] == ["6"]


async def test_a_beating_heart_is_heard(settings: Settings) -> None:
    assert not (await seen_by_the_doctor(settings)).is_ok

    await beat("clock")
    await beat("clock")

    assert (await seen_by_the_doctor(settings)).is_ok
