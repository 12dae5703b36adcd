"""Instants for tests, written as the clocks in Berlin show them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tortoise import connections

from domain.commands import fire_due_deadlines
from domain.database import clock

BERLIN = ZoneInfo("Europe/Berlin")
NEXT_DUE = """SELECT min(greatest(due_at, next_attempt_at)) AS due FROM deadlines
    WHERE state = 'PENDING' AND greatest(due_at, next_attempt_at) <= $1"""


def berlin(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN).astimezone(UTC)


async def the_clock_shows(instant: datetime) -> None:
    """From now on, and until it is set again, this is the instant of every move."""
    await clock.freeze(instant)


async def time_passes(until: datetime) -> None:
    """Let every deadline until then fire at its own instant, as a scheduler that always runs does."""
    while due := await _next_due(until):
        await the_clock_shows(due)
        await fire_due_deadlines()
    await the_clock_shows(until)


async def _next_due(until: datetime) -> datetime | None:
    (row,) = await connections.get("default").execute_query_dict(NEXT_DUE, [until])
    due: datetime | None = row["due"]
    return due
