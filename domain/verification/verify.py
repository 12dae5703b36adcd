"""Verification of the whole history, on a session of its own that only reads."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg

from domain.database.pools import credentials
from domain.files.object_store import object_store
from domain.verification.days import check_days
from domain.verification.event_chains import check_chains, check_heads
from domain.verification.files import check_files
from domain.verification.findings import Report
from domain.verification.register import check_register
from domain.verification.seals import check_seals

# A batch of a large history may take longer than a request; nothing is locked meanwhile.
SESSION = {"statement_timeout": "5min", "default_transaction_read_only": "on", "timezone": "UTC", "jit": "off"}
Check = Callable[[asyncpg.Connection, Report], Awaitable[None]]
CHECKS: tuple[Check, ...] = (check_chains, check_heads, check_days, check_seals, check_register)


async def verify(database_url: str, storage_url: str) -> Report:
    """Run every check; the report names the first broken rows of each, and counts all."""
    report = Report()
    async with reading_session(database_url) as connection:
        for check in CHECKS:
            await check(connection, report)
        await check_files(connection, report, object_store(storage_url))
    return report


@asynccontextmanager
async def reading_session(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A session that may read for long and writes nothing."""
    connection = await asyncpg.connect(**credentials(database_url), server_settings=SESSION)
    try:
        yield connection
    finally:
        await connection.close()
