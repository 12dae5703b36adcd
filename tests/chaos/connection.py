"""A connection of PostgreSQL's superuser that finds its way back after every crash of the server."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg

from domain.database.pools import credentials

Found = TypeVar("Found")
PATIENCE_SECONDS = 60.0
LOST = (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.InternalClientError)
CUT_OFF = (asyncpg.OperatorInterventionError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError)


class Administrator:
    """Looks and prepares; what it does is done once, or again where the answer was lost."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection | None = None
        self._lock = asyncio.Lock()

    async def do(self, work: Callable[[asyncpg.Connection], Awaitable[Found]]) -> Found:
        """Do it over a connection that works, waiting until there is one."""
        async with self._lock, asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    return await work(await self._connected())
                except (*LOST, *CUT_OFF):
                    self._connection = None
                    await asyncio.sleep(0.1)

    async def fetch(self, statement: str, *values: Any) -> Sequence[asyncpg.Record]:
        rows: Sequence[asyncpg.Record] = await self.do(lambda connection: connection.fetch(statement, *values))
        return rows

    async def fetchval(self, statement: str, *values: Any) -> Any:
        return await self.do(lambda connection: connection.fetchval(statement, *values))

    async def close(self) -> None:
        if self._connection:
            self._connection.terminate()

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            # What the tests of pools do not limit is limited here: a paused server does not answer.
            self._connection = await asyncpg.connect(**credentials(self._url), timeout=5, command_timeout=20)
        return self._connection
