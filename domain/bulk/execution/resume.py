"""Resumption of operations: at once by the process that started one, later by any scheduler or worker."""

import asyncio
from uuid import UUID

import structlog
from tortoise import connections
from tortoise.transactions import in_transaction

from domain.accounts.authentication.credentials import actor_of_account
from domain.bulk.execution import results
from domain.bulk.execution.lease import BACKED_OFF, IS_FREE, RENEWED
from domain.bulk.execution.worker import Worker
from domain.bulk.model import BulkKind
from domain.engine import unit_of_work
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK, Actor, Role

log = structlog.get_logger()

MAX_ATTEMPTS = 5
MAX_ERROR_LENGTH = 500

SELECT_LEASE = "SELECT leased_until IS NOT NULL AS is_leased FROM bulk_operations WHERE id = $1"
SELECT_WAITING = f"""SELECT id FROM bulk_operations WHERE state = 'RUNNING'
    AND {IS_FREE} ORDER BY created_at LIMIT 20"""
CLAIM = f"""UPDATE bulk_operations SET leased_until = {RENEWED} WHERE id = $1
    AND state = 'RUNNING' AND {IS_FREE} RETURNING account_id, role"""
LOCK_RUNNING = "SELECT attempts, kind FROM bulk_operations WHERE id = $1 AND state = 'RUNNING' FOR UPDATE"
POSTPONE = f"""UPDATE bulk_operations SET attempts = attempts + 1, last_error = $2, leased_until = {BACKED_OFF}
    WHERE id = $1"""
GIVE_UP = """UPDATE bulk_operations SET state = 'FAILED', last_error = $2, finished_at = app_now() WHERE id = $1"""
GIVE_BACK = "UPDATE bulk_operations SET leased_until = NULL WHERE id = $1 AND state = 'RUNNING'"
NO_LONGER_PERMITTED = "whoever began it may no longer do so"


async def run_now(worker: Worker, operation_id: UUID, actor: Actor) -> None:
    """Run an operation to its end as the actor who started it, unless it is large. Never raises: it is resumed."""
    (row,) = await connections.get("default").execute_query_dict(SELECT_LEASE, [operation_id])
    if row["is_leased"]:
        await _run_to_end(worker, operation_id, actor)


async def resume_waiting(worker: Worker) -> int:
    """Resume every operation that no process works on; return how many."""
    rows = await connections.get("default").execute_query_dict(SELECT_WAITING)
    return sum([await resume(worker, row["id"]) for row in rows])


async def resume(worker: Worker, operation_id: UUID) -> bool:
    """Resume one operation unless another process works on it; return whether this call did.

    Permissions are those that the account has by now; without any the rest is not attempted.
    """
    rows = await connections.get("default").execute_query_dict(CLAIM, [operation_id])
    if not rows:
        return False
    account_id, role = rows[0]["account_id"], Role(rows[0]["role"])
    actor = await actor_of_account(account_id, role) if account_id else None
    if actor is None:
        await _fail(worker, operation_id, NO_LONGER_PERMITTED)
    else:
        await _run_to_end(worker, operation_id, actor)
    return True


async def _run_to_end(worker: Worker, operation_id: UUID, actor: Actor) -> None:
    try:
        while await worker.next_portion(operation_id, actor):
            pass
    except asyncio.CancelledError:
        await _give_back(operation_id)
        raise
    except Exception as failure:
        log.exception("an operation could not go on", operation=str(operation_id))
        await _postpone(worker, operation_id, f"{type(failure).__name__}: {failure}"[:MAX_ERROR_LENGTH])


async def _give_back(operation_id: UUID) -> None:
    """Let another process go on at once, because this one stops; portions are locked, so that two do no harm."""
    try:
        await connections.get("default").execute_query(GIVE_BACK, [operation_id])
    except Exception:
        log.exception("an operation could not be given back, its lease ends by itself", operation=str(operation_id))


async def _postpone(worker: Worker, operation_id: UUID, why: str) -> None:
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(LOCK_RUNNING, [operation_id])
        if rows and rows[0]["attempts"] + 1 < MAX_ATTEMPTS:
            await connection.execute_query(POSTPONE, [operation_id, why])
            return
    await _fail(worker, operation_id, why)


async def _fail(worker: Worker, operation_id: UUID, why: str) -> None:
    """End an operation that cannot go on; what has no result was not attempted."""

    async def fail(work: UnitOfWork) -> None:
        rows = await work.connection.execute_query_dict(LOCK_RUNNING, [operation_id])
        await work.read_context()
        if rows:
            await results.mark_rest_not_attempted(work.connection, operation_id)
            await work.connection.execute_query(GIVE_UP, [operation_id, why])
            await worker.follow_end(work, operation_id, BulkKind(rows[0]["kind"]))

    await unit_of_work.run(worker.registry, CLOCK, fail)
