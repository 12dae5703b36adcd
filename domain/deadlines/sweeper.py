"""Sweep of due deadlines: read without locks, claimed one by one, postponed when they fail."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from tortoise import connections

from domain.database import clock
from domain.database.pending_writes import writing
from domain.deadlines.execution import fire
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.outbox.alarms import DEADLINE_FAILED, Subject, raise_alarm

log = structlog.get_logger()

BATCH = 200
CONCURRENCY = 4
MAX_ATTEMPTS = 12

# "Now" is a parameter: as a function in the condition it is volatile, and the index of due rows is not used.
DUE = """SELECT id, order_id FROM deadlines WHERE state = 'PENDING' AND due_at <= $1 AND next_attempt_at <= $1
    ORDER BY due_at, id LIMIT $2"""
SLEEP = """UPDATE deadlines SET attempts = attempts + 1, last_error = $2,
    next_attempt_at = app_now() + least(interval '1 minute' * power(2, least(attempts, 20)), interval '1 day')
    WHERE id = $1 AND state = 'PENDING'"""
POSTPONE = """UPDATE deadlines SET attempts = attempts + 1, last_error = $2,
    next_attempt_at = app_now()
        + least(interval '1 second' * power(2, least(attempts, 20)), interval '1 hour'),
    state = CASE WHEN attempts + 1 >= $3 THEN 'FAILED' ELSE state END
    WHERE id = $1 AND state = 'PENDING' RETURNING kind, subject_kind, subject_id, order_id, state"""
MAX_ERROR_LENGTH = 500


async def fire_due_deadlines(registry: Registry) -> int:
    """Fire what is due, oldest first, until nothing is left; return how many went through.

    Each is claimed by an advisory lock, so any number of schedulers may sweep at once. A refused deadline sleeps
    until a related move wakes it or its pause is over; one that fails is postponed for ever longer pauses, and given
    up with a message to the administrators. Neither fills the batch.
    """
    fired = 0
    while due := await _due():
        went_through = sum(await _fire_all(registry, due))
        if not went_through:
            break
        fired += went_through
    return fired


async def fire_or_postpone(registry: Registry, deadline_id: UUID) -> bool:
    """Fire one deadline if it is due, or postpone it when that fails; return whether it fired."""
    try:
        return await fire(registry, deadline_id)
    except Refused as refused:
        await connections.get("default").execute_query(SLEEP, [deadline_id, str(refused)[:MAX_ERROR_LENGTH]])
    except Exception as failure:
        log.exception("a deadline could not be fired", deadline=str(deadline_id))
        await _postpone(deadline_id, f"{type(failure).__name__}: {failure}"[:MAX_ERROR_LENGTH])
    return False


async def _due() -> list[dict[str, Any]]:
    connection = connections.get("default")
    rows: list[dict[str, Any]] = await connection.execute_query_dict(DUE, [await clock.now(connection), BATCH])
    return rows


async def _fire_all(registry: Registry, due: Sequence[dict[str, Any]]) -> list[int]:
    """Fire deadlines of different orders side by side, those of one order one after the other."""
    by_order: dict[UUID, list[UUID]] = {}
    for row in due:
        by_order.setdefault(row["order_id"] or row["id"], []).append(row["id"])
    limit = asyncio.Semaphore(CONCURRENCY)

    async def in_turn(deadline_ids: list[UUID]) -> int:
        async with limit:
            return sum([await fire_or_postpone(registry, deadline_id) for deadline_id in deadline_ids])

    async with asyncio.TaskGroup() as group:
        turns = [group.create_task(in_turn(ids)) for ids in by_order.values()]
    return [turn.result() for turn in turns]


async def _postpone(deadline_id: UUID, why: str) -> None:
    async with writing() as writes:
        for row in await writes.connection.execute_query_dict(POSTPONE, [deadline_id, why, MAX_ATTEMPTS]):
            if row["state"] != "FAILED":
                continue
            log.error("a deadline was given up", deadline=str(deadline_id), kind=row["kind"], why=why)
            subject = Subject(kind=row["subject_kind"], id=row["subject_id"], order_id=row["order_id"])
            raise_alarm(writes, DEADLINE_FAILED, {Role.ADMIN}, subject)
