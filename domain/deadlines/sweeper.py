"""Sweep of due deadlines: read without locks, claimed one by one, postponed when they fail."""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import structlog
from tortoise import connections

from domain.database.outages import is_outage
from domain.database.pending_writes import writing
from domain.deadlines.execution import fire
from domain.deadlines.portion import Portion, can_be_fired_together, fire_portion
from domain.engine.deadline_claims import MAX_ERROR_LENGTH, put_to_sleep
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.outbox.alarms import DEADLINE_FAILED, Subject, raise_alarm

log = structlog.get_logger()

BATCH = 1_000
PORTION = 100
ALONE_IN_ROUND = 16
CONCURRENCY = 4
MAX_ATTEMPTS = 12

# The instant is computed before the rows are looked for; as a function in the condition it would be computed for each
# row, and the index of due rows would not be used.
DUE = """SELECT due.id, due.kind, due.order_id FROM (SELECT app_now() AS now OFFSET 0) AS instant CROSS JOIN LATERAL (
    SELECT d.id, d.kind, d.order_id, d.due_at FROM deadlines d
    WHERE d.state = 'PENDING' AND d.due_at <= instant.now AND d.next_attempt_at <= instant.now
    ORDER BY d.due_at, d.id LIMIT $1) AS due ORDER BY due.due_at, due.id"""
POSTPONE = """UPDATE deadlines SET attempts = attempts + 1, last_error = $2, refusals = '[]',
    next_attempt_at = app_now()
        + least(interval '1 second' * power(2, least(attempts, 20)), interval '1 hour'),
    state = CASE WHEN attempts + 1 >= $3 THEN 'FAILED' ELSE state END
    WHERE id = $1 AND state = 'PENDING' RETURNING kind, subject_kind, subject_id, order_id, state"""


async def fire_due_deadlines(registry: Registry) -> int:
    """Fire what is due, oldest first, until all of it was tried once; return how many went through.

    Deadlines of one kind and of different orders are fired together; those of one order in their own order, one a
    round, and those that stand alone a few a round. Each is claimed by an advisory lock, so any number of schedulers
    may sweep at once. A refused deadline sleeps until a related move wakes it or its pause is over; one that fails is
    postponed for ever longer pauses, and given up with a message to the administrators. Neither fills the batch.
    """
    fired, tried = 0, set[UUID]()
    while due := [row for row in await _due() if row["id"] not in tried]:
        portions = [*_portions(registry, due)]
        tried.update(*(portion.deadline_ids for portion in portions))
        fired += sum(await _fire_all(registry, portions))
    return fired


async def fire_or_postpone(registry: Registry, deadline_id: UUID) -> bool:
    """Fire one deadline if it is due, or postpone it when that fails; return whether it fired.

    What the database is to blame for counts as no attempt: it stays due, and the next sweep tries again.
    """
    try:
        return await fire(registry, deadline_id)
    except Refused as refused:
        async with writing() as writes:
            put_to_sleep(writes, deadline_id, refused)
    except Exception as failure:
        if is_outage(failure):
            log.warning("a deadline waits for the database", deadline=str(deadline_id), why=repr(failure))
            return False
        log.exception("a deadline could not be fired", deadline=str(deadline_id))
        await _postpone(deadline_id, f"{type(failure).__name__}: {failure}"[:MAX_ERROR_LENGTH])
    return False


async def _due() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(DUE, [BATCH])
    return rows


def _portions(registry: Registry, due: Iterable[Mapping[str, Any]]) -> Iterator[Portion]:
    """The first due deadline of each order: in portions of one kind, then the oldest of those that stand alone.

    The others that stand alone are left to the next round, so that what comes due meanwhile does not wait for all.
    """
    first = {row["order_id"] or row["id"]: row for row in reversed([*due])}
    together: dict[str, list[UUID]] = {}
    alone: list[Portion] = []
    for row in reversed(first.values()):
        if can_be_fired_together(registry, row["kind"]):
            together.setdefault(row["kind"], []).append(row["id"])
        else:
            alone.append(Portion(kind=row["kind"], deadline_ids=(row["id"],)))
    for kind, ids in together.items():
        for start in range(0, len(ids), PORTION):
            yield Portion(kind=kind, deadline_ids=ids[start : start + PORTION])
    yield from alone[:ALONE_IN_ROUND]


async def _fire_all(registry: Registry, portions: Sequence[Portion]) -> list[int]:
    """Fire portions side by side; they are about different orders."""
    limit = asyncio.Semaphore(CONCURRENCY)

    async def in_turn(portion: Portion) -> int:
        async with limit:
            return await _fire_or_split(registry, portion)

    async with asyncio.TaskGroup() as group:
        turns = [group.create_task(in_turn(portion)) for portion in portions]
    return [turn.result() for turn in turns]


async def _fire_or_split(registry: Registry, portion: Portion) -> int:
    """Fire a portion together; when something in it fails, each half for itself, so that only that is put off.

    Halves come after all portions that are larger: what fails or is locked holds up no other.
    """
    fired, waiting = 0, deque([portion])
    while waiting:
        each = waiting.popleft()
        ids = each.deadline_ids
        if len(ids) == 1:
            fired += await fire_or_postpone(registry, ids[0])
            continue
        try:
            fired += await fire_portion(registry, each)
        except Exception as failure:
            log.info("a portion of deadlines is split", kind=each.kind, size=len(ids), why=repr(failure))
            middle = len(ids) // 2
            waiting.extend(replace(each, deadline_ids=half) for half in (ids[:middle], ids[middle:]))
    return fired


async def _postpone(deadline_id: UUID, why: str) -> None:
    async with writing() as writes:
        for row in await writes.connection.execute_query_dict(POSTPONE, [deadline_id, why, MAX_ATTEMPTS]):
            if row["state"] != "FAILED":
                continue
            log.error("a deadline was given up", deadline=str(deadline_id), kind=row["kind"], why=why)
            subject = Subject(kind=row["subject_kind"], id=row["subject_id"], order_id=row["order_id"])
            raise_alarm(writes, DEADLINE_FAILED, {Role.ADMIN}, subject)
