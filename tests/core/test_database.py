"""Of the sessions for reading none is kept that could spoil the next read."""

import asyncpg
import pytest

from domain.core.database import open_reads
from settings import Settings

WHO = "SELECT pg_backend_pid()"


async def test_a_session_left_with_a_statement_that_never_ran_is_given_up(settings: Settings) -> None:
    sessions = await open_reads(settings.database_url, size=1)
    before = await sessions.fetchval(WHO)

    with pytest.raises(asyncpg.DataError):
        await sessions.fetchval("SELECT $1::int", "not a number")

    assert await sessions.fetchval(WHO) != before
    await sessions.close()


async def test_a_session_whose_statement_the_server_refused_is_kept(settings: Settings) -> None:
    sessions = await open_reads(settings.database_url, size=1)
    before = await sessions.fetchval(WHO)

    with pytest.raises(asyncpg.PostgresError):
        await sessions.fetchval("SELECT 1 / 0")

    assert await sessions.fetchval(WHO) == before
    await sessions.close()
