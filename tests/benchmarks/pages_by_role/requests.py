"""Requests for pages: how long one takes, and the statements and rows that it costs the database."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx2 import ASGITransport, AsyncClient
from tortoise import connections

from api.application import create_application
from api.auth.authentication import SESSION_COOKIE
from domain.database.pools import connect, disconnect, read_sessions
from settings import Settings
from tests.support.round_trips import RoundTrip, recorded

# Only what a table or an index has handed out counts; what an index found without its table is counted by the index.
SELECT_ROWS_READ = """SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables)::bigint
    + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)::bigint"""
FLUSH_STATISTICS = "SELECT pg_stat_force_next_flush()"


@dataclass(frozen=True)
class Cost:
    """The round trips of one request, and the rows that PostgreSQL read for them."""

    statements: Sequence[RoundTrip]
    rows_read: int


def cookie(session: str) -> Mapping[str, str]:
    """The header of a signed-in visitor."""
    return {"cookie": f"{SESSION_COOKIE}={session}"}


async def seconds_of(client: AsyncClient, path: str, headers: Mapping[str, str]) -> float:
    """The seconds from the request to the whole page, which must be one."""
    began = time.perf_counter()
    answer = await client.get(path, headers=headers)
    taken = time.perf_counter() - began
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.headers.get('location')}"
    return taken


@asynccontextmanager
async def in_this_process(settings: Settings) -> AsyncIterator[AsyncClient]:
    """A client of the application in this process, with one session for reading and one for writing."""
    await connect(settings.database_url, write_pool=1, read_pool=1)
    transport = ASGITransport(create_application(settings))
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
    await disconnect()


async def cost_of(client: AsyncClient, path: str, headers: Mapping[str, str]) -> Cost:
    """The cost of a page whose statements are prepared already."""
    await seconds_of(client, path, headers)
    before = await _rows_read()
    with recorded() as statements:
        await seconds_of(client, path, headers)
    return Cost(statements, await _rows_read() - before)


async def _rows_read() -> int:
    """The rows that any session has read so far."""
    await read_sessions().fetchval(FLUSH_STATISTICS)
    await connections.get("default").execute_query(FLUSH_STATISTICS)
    return int(await read_sessions().fetchval(SELECT_ROWS_READ))
