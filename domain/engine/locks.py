"""Locks in one order everywhere: rows of the root noun first, ids ascending, then the row itself, through its scope."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.scoped_table import ScopedTable
from domain.engine.lifecycle import Lifecycle
from domain.kernel.actors import Actor
from domain.kernel.errors import not_found

LOCK_ROOTS = "SELECT id FROM {table} WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"


async def lock_roots(connection: BaseDBAsyncClient, root: Lifecycle, root_ids: Iterable[UUID]) -> None:
    """Lock rows of the root noun, ascending. The holder of such a row may change what belongs to it."""
    ids = sorted(set(root_ids))
    if ids:
        await connection.execute_query(LOCK_ROOTS.format(table=root.scope.table), [ids])


async def require_visible(connection: BaseDBAsyncClient, scope: ScopedTable, row_id: UUID, actor: Actor) -> None:
    """Raise not found for a row that is not visible to this actor, before anything is locked."""
    await _scoped(connection, scope, row_id, actor, suffix="")


async def lock_row(connection: BaseDBAsyncClient, scope: ScopedTable, row_id: UUID, actor: Actor) -> None:
    """Lock one row through its scope; raise not found when it does not exist for this actor."""
    await _scoped(connection, scope, row_id, actor, suffix="FOR UPDATE OF t")


async def _scoped(
    connection: BaseDBAsyncClient, scope: ScopedTable, row_id: UUID, actor: Actor, *, suffix: str
) -> None:
    predicate, values = scope.bound_predicate(actor, "t", first=2)
    statement = f"SELECT t.id FROM {scope.table} t WHERE t.id = $1 AND ({predicate}) {suffix}"
    if not await connection.execute_query_dict(statement, [row_id, *values]):
        raise not_found()
