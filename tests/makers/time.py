"""Instants for tests, written as the clocks in Berlin show them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.database import clock

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN).astimezone(UTC)


async def the_clock_shows(instant: datetime) -> None:
    """From now on, and until it is set again, this is the instant of every move."""
    await clock.freeze(instant)
