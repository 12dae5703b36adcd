"""Locks in one order everywhere: orders first, ids ascending, then the row itself, through its reader's scope."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import Actor
from domain.kernel.errors import not_found

LOCK_ORDERS = "SELECT id FROM orders WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"


async def lock_orders(connection: BaseDBAsyncClient, order_ids: Iterable[UUID]) -> None:
    """Lock orders, ascending. Whoever holds an order may touch its deliveries, lines and invoices."""
    ids = sorted(set(order_ids))
    if ids:
        await connection.execute_query(LOCK_ORDERS, [ids])


async def require_visible(connection: BaseDBAsyncClient, source: ScopedTable, row_id: UUID, actor: Actor) -> None:
    """Refuse as not found what this actor may not see, before anything is locked for them."""
    await _scoped(connection, source, row_id, actor, suffix="")


async def lock_row(connection: BaseDBAsyncClient, source: ScopedTable, row_id: UUID, actor: Actor) -> None:
    """Lock one row through its scope; refused as not found when it is not there for this actor."""
    await _scoped(connection, source, row_id, actor, suffix="FOR UPDATE OF t")


async def _scoped(
    connection: BaseDBAsyncClient, source: ScopedTable, row_id: UUID, actor: Actor, *, suffix: str
) -> None:
    scope, values = source.bound_predicate(actor, "t", first=2)
    statement = f"SELECT t.id FROM {source.table} t WHERE t.id = $1 AND ({scope}) {suffix}"
    if not await connection.execute_query_dict(statement, [row_id, *values]):
        raise not_found()
