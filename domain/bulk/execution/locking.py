"""Locks of the rows of a portion, through the scope of the account that started the operation."""

from collections.abc import Sequence
from uuid import UUID

from domain.bulk.handlers.base import Lock
from domain.bulk.model import BulkSubject
from domain.bulk.subjects import SUBJECTS
from domain.engine.concurrency import locks
from domain.engine.unit_of_work import UnitOfWork
from domain.orders.scope import ORDERS_SCOPE

LOCK_VISIBLE = """SELECT array_agg(locked.id) AS ids FROM (SELECT t.id FROM orders t
    WHERE t.id = ANY($1::uuid[]) AND ({scope}) ORDER BY t.id FOR UPDATE OF t) AS locked"""


def lock_for_moves(subject: BulkSubject) -> Lock:
    """Locks rows of a noun for its moves, with the orders that these and their consequences may reach."""

    async def lock(work: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
        root, lifecycle = work.registry.root, SUBJECTS[subject].lifecycle
        return (await locks.lock_subjects(work.connection, root, lifecycle, ids, work.actor)).ids

    return lock


async def lock_visible_orders(work: UnitOfWork, order_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Lock those of the orders that are visible to the actor, ascending; the others look like absent ones."""
    scope, values = ORDERS_SCOPE.bound_predicate(work.actor, "t", first=2)
    (row,) = await work.connection.execute_query_dict(LOCK_VISIBLE.format(scope=scope), [list(order_ids), *values])
    return frozenset(row["ids"] or ())
