"""Sessions that read: few, kept open, each with one statement at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import asyncpg

from domain.database.outages import is_outage

Open = Callable[[], Awaitable[asyncpg.Connection]]


class ReadSessions:
    """At most `size` sessions, opened when they are needed and again when they were lost.

    A pool does more for each statement than many a read costs: it guards what it hands out, resets it and watches
    its idle time. Here a session never leaves the object, and a read leaves nothing behind in it.
    """

    def __init__(self, open_session: Open, size: int) -> None:
        self._open, self._size, self._is_closed = open_session, size, False
        self._free: asyncio.LifoQueue[asyncpg.Connection | None] = asyncio.LifoQueue()
        for _ in range(size):
            self._free.put_nowait(None)

    async def fetch(self, query: str, *values: Any) -> Any:
        """All rows of a statement."""
        return await self._run(asyncpg.Connection.fetch, query, values)

    async def fetchrow(self, query: str, *values: Any, plans_for_values: bool = False) -> Any:
        """The first row of a statement, or None; it is planned once, or for these very values."""
        fetch = _fetchrow_planned_for_values if plans_for_values else asyncpg.Connection.fetchrow
        return await self._run(fetch, query, values)

    async def fetchval(self, query: str, *values: Any) -> Any:
        """The first value of the first row, or None."""
        return await self._run(asyncpg.Connection.fetchval, query, values)

    async def close(self) -> None:
        """Close every session once its statement is over; later reads are refused."""
        self._is_closed = True
        for _ in range(self._size):
            session = await self._free.get()
            if session is not None:
                await session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _run(self, fetch: Callable[..., Awaitable[Any]], query: str, values: tuple[Any, ...]) -> Any:
        """Run a statement; once more on a fresh session when the connection was cut, for a read changes nothing."""
        session = await self._session()
        try:
            try:
                return await fetch(session, query, *values)
            except Exception as error:
                if not is_outage(error):
                    raise
                session.terminate()
                session = await self._open()
                return await fetch(session, query, *values)
        except BaseException as error:
            # A statement may have been prepared and never run: the server counts its timeout on, and would end the
            # next statement of this session. A statement that the server itself has refused is over.
            if getattr(error, "severity_en", None) != "ERROR":
                session.terminate()
            raise
        finally:
            self._free.put_nowait(session)

    async def _session(self) -> asyncpg.Connection:
        if self._is_closed:
            raise asyncpg.InterfaceError("the sessions for reading are closed")
        session = await self._free.get()
        if session is not None and not session.is_closed():
            return session
        try:
            return await self._open()
        except BaseException:
            self._free.put_nowait(None)
            raise


async def _fetchrow_planned_for_values(session: asyncpg.Connection, query: str, *values: Any) -> Any:
    async with session.transaction():
        await session.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        return await session.fetchrow(query, *values)
