"""Sessions for reading: few, each with one statement at a time, and none kept that could spoil the next read."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg
import pytest
from structlog.testing import capture_logs

from domain.database.pools import open_read_sessions, open_when_reachable
from domain.database.read_sessions import ReadSessions
from settings import Settings
from tests.support.polling import PATIENCE_SECONDS, it_happens

WHO = "SELECT pg_backend_pid()"


@pytest.fixture
async def one(settings: Settings) -> AsyncIterator[ReadSessions]:
    """A single session."""
    async with await open_read_sessions(settings.database_url, size=1) as sessions:
        yield sessions


async def test_a_session_left_with_a_statement_that_never_ran_is_given_up(one: ReadSessions) -> None:
    before = await one.fetchval(WHO)

    with pytest.raises(asyncpg.DataError):
        await one.fetchval("SELECT $1::int", "not a number")

    assert await one.fetchval(WHO) != before


async def test_a_session_whose_statement_the_server_refused_is_kept(one: ReadSessions) -> None:
    before = await one.fetchval(WHO)

    with pytest.raises(asyncpg.PostgresError):
        await one.fetchval("SELECT 1 / 0")

    assert await one.fetchval(WHO) == before


async def test_a_session_that_the_server_has_ended_is_opened_again(one: ReadSessions) -> None:
    before = await one.fetchval(WHO)

    with pytest.raises(asyncpg.PostgresError):
        await one.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")

    assert await one.fetchval(WHO) != before


async def test_a_read_that_is_called_off_takes_its_session_with_it(one: ReadSessions) -> None:
    before = await one.fetchval(WHO)
    reading = asyncio.create_task(one.fetchval("SELECT pg_sleep(60)"))
    await asyncio.sleep(0)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert await one.fetchval(WHO) != before


async def test_more_readers_than_sessions_wait_for_each_other(settings: Settings) -> None:
    async with await open_read_sessions(settings.database_url, size=2) as sessions:
        served = await asyncio.gather(*(sessions.fetchrow(WHO) for _ in range(20)))

    assert 1 <= len({row[0] for row in served}) <= 2


async def test_what_is_closed_reads_nothing_any_more(settings: Settings) -> None:
    sessions = await open_read_sessions(settings.database_url, size=2)
    await sessions.close()

    with pytest.raises(asyncpg.InterfaceError):
        await sessions.fetch("SELECT 1")


async def test_a_session_that_cannot_be_opened_is_tried_again(settings: Settings) -> None:
    async def refuse() -> asyncpg.Connection:
        raise ConnectionRefusedError

    sessions = ReadSessions(refuse, size=1)

    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            await sessions.fetchval(WHO)


async def test_nothing_can_be_written(one: ReadSessions) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await one.fetchval("DELETE FROM events")


async def test_a_read_whose_connection_was_cut_is_made_once_more(one: ReadSessions, settings: Settings) -> None:
    beside = await asyncpg.connect(settings.database_url)
    before = await one.fetchval(WHO)
    reading = asyncio.create_task(one.fetchval(f"{WHO} FROM pg_sleep(0.5)"))
    await asleep(beside, before)

    assert await beside.fetchval("SELECT pg_terminate_backend($1)", before)

    assert await reading != before
    await beside.close()


async def asleep(beside: asyncpg.Connection, backend: int) -> None:
    """Wait until the server runs the statement of this session."""
    is_asleep = "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1"
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await beside.fetchval(is_asleep, backend):  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.01)


async def test_a_database_that_is_not_there_yet_is_waited_for(settings: Settings, tmp_path: Path) -> None:
    socket = parse_qs(urlsplit(settings.database_url).query)["host"][0]
    later = tmp_path / "later"
    url = settings.database_url.replace(quote(socket, safe="/"), str(later))

    with capture_logs() as logs:
        opening = asyncio.create_task(open_when_reachable(url, 1, time.monotonic() + 60))
        await it_happens(lambda: has_failed_once(logs))
        assert not opening.done()
        later.symlink_to(socket)
        async with await opening as sessions:
            assert await sessions.fetchval("SELECT 1") == 1


async def test_a_database_that_never_comes_is_an_error(settings: Settings, tmp_path: Path) -> None:
    socket = parse_qs(urlsplit(settings.database_url).query)["host"][0]
    url = settings.database_url.replace(quote(socket, safe="/"), str(tmp_path))

    with pytest.raises(FileNotFoundError):
        await open_when_reachable(url, 1, time.monotonic())


async def has_failed_once(logs: Sequence[object]) -> bool:
    return bool(logs)
