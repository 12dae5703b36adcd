"""Commands that change the database and end."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar

import asyncpg

from settings import Settings
from workers.commands.processes import connected
from workers.running.cannot_start import CannotStart

TRAVEL = re.compile(r"([+-])(\d{1,5})([mhdw])")
T = TypeVar("T")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def migrate() -> None:
    """Apply the missing migrations."""
    from domain.migrate import migrate as apply_missing

    settings = connected()
    _run(lambda: apply_missing(settings.database_url))


def seed() -> None:
    """Fill in the demo, unless somebody already has an account here."""
    settings = connected()
    _only_in_development(settings, "Demo data are")
    _run(lambda: _seed(settings))


async def _seed(settings: Settings) -> None:
    async with open_database(settings):
        if await _is_empty():
            await import_module("domain.demo").seed()


async def _is_empty() -> bool:
    from tortoise import connections

    rows = await connections.get("default").execute_query_dict("SELECT 1 FROM accounts LIMIT 1")
    return not rows


def time_travel(by: str) -> None:
    """Move the clock and print the new time."""
    settings = connected()
    _only_in_development(settings, "Time travel is")
    delta = None if by == "reset" else travel_of(by)
    print(_run(lambda: _travel(settings, delta)))


async def _travel(settings: Settings, delta: timedelta | None) -> str:
    from domain.core import clock

    async with open_database(settings):
        now = await clock.come_back() if delta is None else await clock.travel(delta)
        return f"It is now {now:%Y-%m-%d %H:%M:%S} UTC."


def travel_of(text: str) -> timedelta:
    """Read `+3d`, `-2h`, `+90m` or `+1w`."""
    match = TRAVEL.fullmatch(text)
    if match is None:
        raise CannotStart(f"{text} is no distance in time: write +3d, -2h, +90m, or reset.")
    sign, number, unit = match.groups()
    return timedelta(**{UNITS[unit]: int(sign + number)})


def token(email: str) -> None:
    """Print a fresh bearer token, and nothing else."""
    settings = connected()
    print(_run(lambda: _token(settings, email)))


async def _token(settings: Settings, email: str) -> str:
    async with open_database(settings):
        issued: str = await import_module("domain.accounts.tokens").issue_token(email)
        return issued


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[None]:
    """Both pools for one command, small ones."""
    from domain.core.database import connect, disconnect

    await connect(settings.database_url, write_pool=2, read_pool=1)
    try:
        yield
    finally:
        await disconnect()


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run it to its end; a refusal or an unreachable database becomes a sentence."""
    from domain.core.errors import Refused

    try:
        return asyncio.run(work())
    except (
        OSError,
        asyncpg.CannotConnectNowError,
        asyncpg.InvalidAuthorizationSpecificationError,
    ) as problem:
        raise CannotStart(
            f"PostgreSQL cannot be reached ({problem}): start it, or correct DATABASE_URL."
        ) from None
    except Refused as refused:
        raise CannotStart(f"That was refused: {refused}.") from None


def _only_in_development(settings: Settings, what: str) -> None:
    if not settings.in_development:
        raise CannotStart(f"{what} for development only; this environment is production.")
