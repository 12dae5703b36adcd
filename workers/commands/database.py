"""Commands that change the database and exit."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from settings import Settings
from workers.commands.processes import load_settings_with_database
from workers.errors import CommandError

TIME_SHIFT = re.compile(r"([+-])(\d{1,5})([mhdw])")
CONNECTION_ERRORS = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
T = TypeVar("T")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def prepare_database() -> None:
    """Migrate the database and, in development unless told otherwise, seed the demo, in one process."""
    migrate()
    settings = load_settings_with_database()
    if settings.in_development and settings.demo:
        seed()


def migrate(to: str | None = None) -> None:
    """Apply the missing migrations, or go forward or back to the one named."""
    from domain.database.installation.migration import migrate as apply_missing

    settings = load_settings_with_database()
    try:
        run(lambda: apply_missing(settings.migration_url, runtime_url=settings.database_url, to=to))
    except LookupError as unknown:
        raise CommandError(str(unknown)) from None
    except asyncpg.UndefinedObjectError as unknown:
        raise CommandError(f"{unknown}: create the role that DATABASE_URL names, see docs/operations.md.") from None


def seed() -> None:
    """Seed the demo, unless the database already has an account."""
    settings = load_settings_with_database()
    _only_in_development(settings, "Demo data are")
    print(run(lambda: _seed(settings)))


async def _seed(settings: Settings) -> str:
    from domain.demo import seed as fill_in
    from workers.documents import documents_follow_commits

    async with open_database(settings):
        with documents_follow_commits(lambda: settings.storage_url):
            is_fresh = await fill_in(settings.development_password)
    return "The demo is there." if is_fresh else "There are accounts already; nothing was changed."


def time_travel(by: str) -> None:
    """Move the clock and print the new time."""
    settings = load_settings_with_database()
    _only_in_development(settings, "Time travel is")
    delta = None if by == "reset" else parse_time_shift(by)
    print(run(lambda: _travel(settings, delta)))


async def _travel(settings: Settings, delta: timedelta | None) -> str:
    from domain.database import clock

    async with open_database(settings):
        now = await clock.reset() if delta is None else await clock.travel(delta)
        return f"It is now {now:%Y-%m-%d %H:%M:%S} UTC."


def parse_time_shift(text: str) -> timedelta:
    """Read `+3d`, `-2h`, `+90m` or `+1w`."""
    match = TIME_SHIFT.fullmatch(text)
    if match is None:
        raise CommandError(f"{text} is no distance in time: write +3d, -2h, +90m, or reset.")
    sign, number, unit = match.groups()
    return timedelta(**{UNITS[unit]: int(sign + number)})


def print_token(email: str) -> None:
    """Print a fresh bearer token, and nothing else."""
    settings = load_settings_with_database()
    print(run(lambda: _token(settings, email)))


def revoke_tokens(email: str) -> None:
    """Revoke all bearer tokens of an account and print their number."""
    settings = load_settings_with_database()
    print(f"{run(lambda: _revoke(settings, email))} revoked")


async def _revoke(settings: Settings, email: str) -> int:
    from domain.accounts.authentication.api_tokens import revoke_tokens

    async with open_database(settings):
        return await revoke_tokens(email)


async def _token(settings: Settings, email: str) -> str:
    from domain.accounts.authentication.api_tokens import issue_token
    from domain.kernel.errors import Refused

    async with open_database(settings):
        try:
            return await issue_token(email)
        except Refused:
            raise CommandError(f"There is no active account with the address {email}.") from None


def record_bounce(mail: bytes) -> str:
    """Record the bounce that a mail reports, and return what was done; raises `CommandError` without a database."""
    from workers.notifications.bounce_reports import read_bounce_report

    report = read_bounce_report(mail)
    if report is None:
        return "This is no report about a mail of ours that did not arrive; nothing was changed."
    is_recorded = run(partial(_record_bounce, load_settings_with_database(), report.message_id, report.why))
    done = "came back" if is_recorded else "was recorded before, or is unknown"
    return f"Message {report.message_id} {done}: {report.why}"


async def _record_bounce(settings: Settings, message_id: UUID, why: str) -> bool:
    from domain.outbox.bounces import record_bounce

    async with open_database(settings):
        return await record_bounce(message_id, why)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[None]:
    """Open both pools, small ones, for one command."""
    from domain.database.pools import connect, disconnect

    await connect(settings.database_url, write_pool=2, read_pool=1)
    try:
        yield
    finally:
        await disconnect()


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end; an unreachable or unprepared database raises `CommandError`."""
    from tortoise.exceptions import DBConnectionError, OperationalError

    try:
        return asyncio.run(work())
    except (*CONNECTION_ERRORS, DBConnectionError) as problem:
        raise CommandError(
            f"PostgreSQL cannot be reached ({problem}): start it with `make run`, or correct DATABASE_URL."
        ) from None
    except (asyncpg.UndefinedTableError, OperationalError) as problem:
        raise CommandError(f"The database is not prepared ({problem}): run `werkstand migrate`.") from None


def _only_in_development(settings: Settings, what: str) -> None:
    if not settings.in_development:
        raise CommandError(f"{what} for development only; this environment is production.")
