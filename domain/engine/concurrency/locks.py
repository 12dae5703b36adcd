"""Locks in one order everywhere: rows of the root noun first, ids ascending, then the rows themselves."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.lifecycle import Lifecycle
from domain.kernel.actors import Actor

LOCK_ROOTS = "SELECT id FROM {table} WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
LOCK_FREE_ROOTS = "SELECT id FROM {table} WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED"
# Each part is computed before the next one begins, because the next one asks for its number of rows first. Planning
# the statements of a move takes longer than running them, so that they keep their plans until the transaction ends.
LOCK_SUBJECTS = """WITH wanted AS MATERIALIZED (SELECT t.id FROM {table} t WHERE t.id = ANY($1::uuid[]) AND ({scope})),
roots AS MATERIALIZED (SELECT r.id FROM {root_table} r
    WHERE r.id IN (SELECT related.id FROM wanted CROSS JOIN LATERAL ({orders_to_lock}) AS related (id))
    ORDER BY r.id FOR UPDATE OF r),
others AS MATERIALIZED (SELECT x.id FROM ({rows_to_lock}) AS x WHERE (SELECT count(*) FROM roots) >= 0),
locked AS MATERIALIZED (SELECT t.id FROM {table} t WHERE (SELECT count(*) FROM others) >= 0
    AND t.id IN (SELECT wanted.id FROM wanted) ORDER BY t.id FOR UPDATE OF t)
SELECT (SELECT array_agg(locked.id) FROM locked) AS ids, (SELECT array_agg(roots.id) FROM roots) AS root_ids,
    set_config('plan_cache_mode', 'force_generic_plan', TRUE)"""
NO_ROWS = "SELECT NULL::uuid AS id WHERE FALSE"


@dataclass(frozen=True, kw_only=True)
class Locked:
    """The rows that were locked, and the rows of the root noun that were locked before them."""

    ids: frozenset[UUID]
    root_ids: Sequence[UUID]


async def lock_roots(connection: BaseDBAsyncClient, root: Lifecycle, root_ids: Iterable[UUID]) -> None:
    """Lock rows of the root noun, ascending. The holder of such a row may change what belongs to it."""
    ids = sorted(set(root_ids))
    if ids:
        await connection.execute_query(LOCK_ROOTS.format(table=root.scope.table), [ids])


async def lock_free_roots(connection: BaseDBAsyncClient, root: Lifecycle, root_ids: Iterable[UUID]) -> Collection[UUID]:
    """Lock those rows of the root noun that no other transaction holds, without waiting; return their ids."""
    ids = sorted(set(root_ids))
    if not ids:
        return ()
    rows = await connection.execute_query_dict(LOCK_FREE_ROOTS.format(table=root.scope.table), [ids])
    return {row["id"] for row in rows}


async def lock_subjects(
    connection: BaseDBAsyncClient,
    root: Lifecycle,
    subject: Lifecycle,
    ids: Sequence[UUID],
    actor: Actor,
    *,
    affected_orders: str = "",
) -> Locked:
    """Lock the rows that are visible to the actor, after the rows of the root noun that they belong to.

    `affected_orders` selects, for the row `{id}`, further rows of the root noun. One statement, in the order of the
    ids. A row may have changed while its lock was waited for: read it afterwards.
    """
    scope, values = subject.scope.bound_predicate(actor, "t", first=2)
    statement = _lock_statement(root, subject, scope, affected_orders)
    (row,) = await connection.execute_query_dict(statement, [list(ids), *values])
    return Locked(ids=frozenset(row["ids"] or ()), root_ids=row["root_ids"] or ())


@cache
def _lock_statement(root: Lifecycle, subject: Lifecycle, scope: str, affected_orders: str) -> str:
    orders = [each for each in (subject.orders_to_lock, affected_orders) if each] or [NO_ROWS]
    return LOCK_SUBJECTS.format(
        table=subject.scope.table,
        root_table=root.scope.table,
        scope=scope,
        orders_to_lock=" UNION ".join(orders).replace("{id}", "wanted.id"),
        rows_to_lock=subject.rows_to_lock or NO_ROWS,
    )
