"""The ORM's PostgreSQL client with our two additions: cheap releases, and transactions that write what was collected.

A transaction may have collected writes; they are written before its next statement, so that every
statement sees all that was written before. Named as the `engine` of the ORM's configuration.
"""

from typing import Any, Protocol

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext, TransactionContextPooled


class CollectedWrites(Protocol):
    """Writes that wait for their transaction's next statement."""

    async def flush(self) -> None:
        """Write everything that was collected."""

    def discard(self) -> None:
        """Forget what was collected, because the savepoint it belongs to is rolled back."""


async def leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Reset nothing on release: no statement of ours leaves anything behind in a session."""


class PooledClient(AsyncpgDBClient):
    """The ORM's client; its pool spends no round trip on a reset when a connection is released."""

    async def create_pool(self, **options: Any) -> asyncpg.Pool:
        return await asyncpg.create_pool(None, **options, reset=leave_as_it_is)

    def _in_transaction(self) -> TransactionContext:
        return TransactionContextPooled(CollectingTransaction(self), self._pool_init_lock)


class CollectingTransaction(TransactionWrapper):
    """A transaction, or a savepoint in it, that flushes `writes` before each of its statements."""

    def __init__(self, parent: AsyncpgDBClient, writes: CollectedWrites | None = None) -> None:
        super().__init__(parent)
        self.writes = writes

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(CollectingTransaction(self, self.writes))

    async def write(self, statement: str, values: list[object]) -> list[dict[str, Any]]:
        """Run a statement of the flush itself, without flushing before it."""
        rows: list[dict[str, Any]] = await super().execute_query_dict(statement, values)
        return rows

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        await self._flush()
        return await super().execute_insert(query, values)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        await self._flush()
        await super().execute_many(query, values)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, list[dict[str, Any]]]:
        await self._flush()
        found: tuple[int, list[dict[str, Any]]] = await super().execute_query(query, values)
        return found

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        await self._flush()
        rows: list[dict[str, Any]] = await super().execute_query_dict(query, values)
        return rows

    async def execute_script(self, query: str) -> None:
        await self._flush()
        await super().execute_script(query)

    async def savepoint(self) -> None:
        await self._flush()
        await super().savepoint()

    async def release_savepoint(self) -> None:
        await self._flush()
        await super().release_savepoint()

    async def savepoint_rollback(self) -> None:
        if self.writes:
            self.writes.discard()
        await super().savepoint_rollback()

    async def _flush(self) -> None:
        if self.writes:
            await self.writes.flush()


client_class = PooledClient
