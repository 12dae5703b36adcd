"""The quiet period: changes wait invisibly, can be taken back, and are published when their time has come."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import structlog
from tortoise import connections

from domain.client_status import change_plan, statements
from domain.client_status.change import PUBLISH
from domain.client_status.writer import run_statement
from domain.database import clock
from domain.database.parameters import Parameters
from domain.engine import unit_of_work
from domain.engine.context import EvaluationContext
from domain.engine.registry import Registry
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK

log = structlog.get_logger()

BATCH_SIZE = 500
# The present instant is a parameter, so that the index of pending changes is used.
SELECT_DUE = """SELECT id FROM pending_statuses WHERE visible_from <= $1
    AND (next_attempt_at IS NULL OR next_attempt_at <= $1) ORDER BY visible_from, id LIMIT $2"""
POSTPONE = """UPDATE pending_statuses SET attempts = attempts + 1, next_attempt_at = app_now()
    + least(interval '1 second' * power(2, least(attempts, 20)), interval '1 hour') WHERE id = $1"""
SELECT_STILL_DUE = """SELECT p.id FROM pending_statuses p JOIN orders o ON o.id = p.id
    WHERE p.id = ANY($1::uuid[]) AND p.visible_from <= $2 AND o.archived_at IS NULL AND o.deleted_at IS NULL"""
DELETE_ORPHANED = """DELETE FROM pending_statuses p USING orders o WHERE o.id = p.id AND p.id = ANY($1::uuid[])
    AND (o.archived_at IS NOT NULL OR o.deleted_at IS NOT NULL)"""


async def publish_due(registry: Registry) -> int:
    """Publish the pending changes that are due, portion by portion; return how many were published.

    Opens its own transactions. Any number of schedulers may do so: the orders' locks decide, and a published change is
    no longer there. A change that cannot be published is postponed, longer each time, and blocks no other.
    """
    published = 0
    while ids := await _due_ids():
        published += await _publish_or_postpone(registry, ids)
    return published


async def publish_for_orders(work: UnitOfWork, order_ids: Sequence[UUID], context: EvaluationContext) -> int:
    """Publish the pending changes of these orders that are due; the caller holds the locks of the orders."""
    rows = await work.connection.execute_query_dict(SELECT_STILL_DUE, [list(order_ids), context.now])
    due = [row["id"] for row in rows]
    await work.connection.execute_query(DELETE_ORPHANED, [list(order_ids)])
    if due:
        bind = Parameters()
        ids = bind(due, "uuid[]")
        statement = statements.write_statement(
            change_plan.plan_pending(ids), context, bind, pending_ids=ids, event=PUBLISH
        )
        work.changes.order_ids |= await run_statement(work, statement, bind)
    return len(due)


async def _publish_or_postpone(registry: Registry, ids: Sequence[UUID]) -> int:
    """Publish the changes together, or each alone when that fails."""
    try:
        await unit_of_work.run(registry, CLOCK, partial(_publish, ids))
    except Exception:
        if len(ids) > 1:
            return sum([await _publish_or_postpone(registry, [each]) for each in ids])
        log.exception("a change that has waited could not be published", order=str(ids[0]))
        await connections.get("default").execute_query(POSTPONE, [ids[0]])
        return 0
    return len(ids)


async def _publish(ids: Sequence[UUID], work: UnitOfWork) -> None:
    context = await work.lock_orders(ids)
    await publish_for_orders(work, ids, context)


async def _due_ids() -> list[UUID]:
    connection = connections.get("default")
    now = await clock.now(connection)
    return [row["id"] for row in await connection.execute_query_dict(SELECT_DUE, [now, BATCH_SIZE])]
