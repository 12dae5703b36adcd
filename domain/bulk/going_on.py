"""Going on with operations: at once by whoever began one, later by any clock or worker that finds it waiting."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from tortoise import connections
from tortoise.transactions import in_transaction

from domain.accounts.actors import actor_of_account
from domain.bulk import results
from domain.bulk.selection import MOST_AT_ONCE
from domain.bulk.working import Worker
from domain.kernel.actors import Actor, Role

log = structlog.get_logger()

GIVE_UP_AFTER = 5
LONGEST_ERROR = 500
LEASE = timedelta(seconds=15)

TOTAL = "SELECT total FROM bulk_operations WHERE id = $1"
WAITING = """SELECT id FROM bulk_operations WHERE state = 'RUNNING'
    AND (leased_until IS NULL OR leased_until < clock_timestamp()) ORDER BY created_at LIMIT 20"""
CLAIM = """UPDATE bulk_operations SET leased_until = clock_timestamp() + interval '15 seconds' WHERE id = $1
    AND state = 'RUNNING' AND (leased_until IS NULL OR leased_until < clock_timestamp())
    RETURNING account_id, role"""
LOCK = "SELECT attempts FROM bulk_operations WHERE id = $1 AND state = 'RUNNING' FOR UPDATE"
PUT_OFF = """UPDATE bulk_operations SET attempts = attempts + 1, last_error = $2,
    leased_until = clock_timestamp() + interval '1 second' * power(2, attempts) WHERE id = $1"""
GIVE_UP = """UPDATE bulk_operations SET state = 'FAILED', last_error = $2, finished_at = app_now() WHERE id = $1"""
NOBODY = "whoever began it may no longer do so"


def lease(total: int) -> datetime | None:
    """Until when whoever begins an operation has it alone; large ones are for whoever finds them first."""
    return datetime.now(UTC) + LEASE if total <= MOST_AT_ONCE else None


async def work_at_once(worker: Worker, operation_id: UUID, actor: Actor) -> None:
    """Work an operation to its end as whoever began it, unless it is a large one. Never raises: the clock goes on."""
    (row,) = await connections.get("default").execute_query_dict(TOTAL, [operation_id])
    if row["total"] <= MOST_AT_ONCE:
        await _work(worker, operation_id, actor)


async def work_on_waiting(worker: Worker) -> int:
    """Go on with every operation that nobody is at; returns how many."""
    rows = await connections.get("default").execute_query_dict(WAITING)
    return sum([await work_on(worker, row["id"]) for row in rows])


async def work_on(worker: Worker, operation_id: UUID) -> bool:
    """Go on with one operation unless somebody else is at it; tells whether this call did.

    Permissions are those that whoever began it has by now; without any the rest is not attempted.
    """
    rows = await connections.get("default").execute_query_dict(CLAIM, [operation_id])
    if not rows:
        return False
    account_id, role = rows[0]["account_id"], Role(rows[0]["role"])
    actor = await actor_of_account(account_id, role) if account_id else None
    if actor is None:
        await _give_up(operation_id, NOBODY)
    else:
        await _work(worker, operation_id, actor)
    return True


async def _work(worker: Worker, operation_id: UUID, actor: Actor) -> None:
    try:
        while await worker.next_portion(operation_id, actor):
            pass
    except Exception as failure:
        log.exception("an operation could not go on", operation=str(operation_id))
        await _put_off(operation_id, f"{type(failure).__name__}: {failure}"[:LONGEST_ERROR])


async def _put_off(operation_id: UUID, why: str) -> None:
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(LOCK, [operation_id])
        if rows and rows[0]["attempts"] + 1 < GIVE_UP_AFTER:
            await connection.execute_query(PUT_OFF, [operation_id, why])
            return
    await _give_up(operation_id, why)


async def _give_up(operation_id: UUID, why: str) -> None:
    async with in_transaction() as connection:
        if await connection.execute_query_dict(LOCK, [operation_id]):
            await results.leave_the_rest(connection, operation_id)
            await connection.execute_query(GIVE_UP, [operation_id, why])
