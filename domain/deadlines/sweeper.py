"""Sweep of due deadlines: read without locks, claimed one by one, postponed when they fail."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog
from tortoise import connections

from domain.database.outages import is_outage
from domain.database.pending_writes import writing
from domain.deadlines.execution import fire
from domain.deadlines.portion import Portion, can_be_fired_together, fire_portion
from domain.engine.concurrency.retry import ATTEMPTS
from domain.engine.deadline_claims import MAX_ERROR_LENGTH, put_to_sleep
from domain.engine.registry import Registry
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.outbox.alarms import DEADLINE_FAILED, Subject, raise_alarm

log = structlog.get_logger()

BATCH = 1_000
PORTION = 100
PLACES = 4
LOOK_SECONDS, RETRY_SECONDS = 0.25, 1.0
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
    """Fire what is due, oldest first, until all of it was tried; return how many went through.

    Deadlines of one kind and of different orders are fired together; those of one order in their own order, one after
    the other. Each is claimed by an advisory lock, so any number of schedulers may sweep at once. A refused deadline
    sleeps until a related move wakes it or its pause is over; one that fails is postponed for ever longer pauses, and
    given up with a message to the administrators. One whose order is locked stays due, and is tried again.
    """
    return await Sweep(registry).run()


async def fire_or_postpone(registry: Registry, deadline_id: UUID, *, attempts: int = ATTEMPTS) -> bool:
    """Fire one deadline if it is due, or postpone it when that fails; return whether it fired.

    A transient conflict is met with so many `attempts`. What the database is to blame for, also a row that is locked
    for long, counts as no failure: the deadline stays due, and is tried again.
    """
    try:
        return await _fire_or_postpone(registry, deadline_id, attempts)
    except Exception as failure:
        if not is_outage(failure):
            raise
        log.warning("a deadline waits for the database", deadline=str(deadline_id), why=repr(failure))
        return False


async def _fire_or_postpone(registry: Registry, deadline_id: UUID, attempts: int) -> bool:
    try:
        return await fire(registry, deadline_id, attempts=attempts)
    except Refused as refused:
        async with writing() as writes:
            put_to_sleep(writes, deadline_id, refused)
    except Exception as failure:
        if is_outage(failure):
            raise
        log.exception("a deadline could not be fired", deadline=str(deadline_id))
        await _postpone(deadline_id, f"{type(failure).__name__}: {failure}"[:MAX_ERROR_LENGTH])
    return False


@dataclass
class Sweep:
    """What is due, what runs and what was tried. What is slow or locked keeps one place, and holds up no other."""

    registry: Registry
    fired: int = 0
    tried: set[UUID] = field(default_factory=set)
    fired_before: int = 0
    began_at: float = field(default_factory=time.monotonic)
    waiting: list[Portion] = field(default_factory=list)
    read_at: float = -math.inf
    running: dict[asyncio.Task[int], Portion] = field(default_factory=dict)

    async def run(self) -> int:
        """Start portions as places become free, until nothing untried is due; return how many deadlines fired."""
        try:
            await self._start()
            while self.running:
                await asyncio.wait(self.running, return_when=asyncio.FIRST_COMPLETED)
                self._collect()
                self._come_back()
                await self._start()
        finally:
            await self._cancel()
        return self.fired

    async def _start(self) -> None:
        """Start what is due as far as there are places, after another look at what came due meanwhile."""
        if not self.waiting or time.monotonic() - self.read_at > LOOK_SECONDS:
            self.waiting = [*_portions(self.registry, await self._due())]
            self.read_at = time.monotonic()
        for portion in [*self.waiting]:
            if self._has_place_for(portion):
                self.waiting.remove(portion)
                self.tried.update(portion.deadline_ids)
                self.running[asyncio.create_task(_fire_or_split(self.registry, portion))] = portion

    async def _due(self) -> list[Mapping[str, Any]]:
        """Due deadlines that were not tried, of orders that no running portion is about."""
        busy = {order_id for portion in self.running.values() for order_id in portion.order_ids}
        rows = await connections.get("default").execute_query_dict(DUE, [BATCH])
        return [row for row in rows if row["id"] not in self.tried and row["order_id"] not in busy]

    def _collect(self) -> None:
        for task in [each for each in self.running if each.done()]:
            del self.running[task]
            self.fired += task.result()

    def _come_back(self) -> None:
        """Try again what was locked or met an outage, as long as others fire: each second, and when nothing runs."""
        is_time = not self.running or time.monotonic() - self.began_at > RETRY_SECONDS
        if is_time and self.fired > self.fired_before:
            self.tried = {each for portion in self.running.values() for each in portion.deadline_ids}
            self.fired_before, self.began_at = self.fired, time.monotonic()

    def _has_place_for(self, portion: Portion) -> bool:
        """Neither what is fired together nor what stands alone takes all places from the other."""
        alike = sum(portion.alone == other.alone for other in self.running.values())
        return len(self.running) < PLACES and alike < PLACES - 1

    async def _cancel(self) -> None:
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)


def _portions(registry: Registry, due: Iterable[Mapping[str, Any]]) -> Iterator[Portion]:
    """The first due deadline of each order: those that stand alone one by one, the others in portions of one kind."""
    first = {row["order_id"] or row["id"]: row for row in reversed([*due])}
    together: dict[str, list[Mapping[str, Any]]] = {}
    for row in reversed(first.values()):
        if can_be_fired_together(registry, row["kind"]):
            together.setdefault(row["kind"], []).append(row)
        else:
            yield _portion([row], alone=True)
    for rows in together.values():
        for start in range(0, len(rows), PORTION):
            yield _portion(rows[start : start + PORTION], alone=False)


def _portion(rows: Sequence[Mapping[str, Any]], *, alone: bool) -> Portion:
    return Portion(
        kind=rows[0]["kind"],
        deadline_ids=[row["id"] for row in rows],
        order_ids=[row["order_id"] for row in rows if row["order_id"]],
        alone=alone,
    )


async def _fire_or_split(registry: Registry, portion: Portion) -> int:
    """Fire a portion together; when something in it fails, each half for itself, so that only that is put off.

    Halves come after all portions that are larger: what fails holds up no other.
    """
    fired, waiting = 0, deque([portion])
    while waiting:
        each = waiting.popleft()
        if each.alone:
            fired += await fire_or_postpone(registry, each.deadline_ids[0], attempts=1)
            continue
        try:
            fired += await fire_portion(registry, each)
        except Exception as failure:
            log.info("a portion of deadlines is split", kind=each.kind, size=len(each.deadline_ids), why=repr(failure))
            waiting.extend(each.parts())
    return fired


async def _postpone(deadline_id: UUID, why: str) -> None:
    async with writing() as writes:
        for row in await writes.connection.execute_query_dict(POSTPONE, [deadline_id, why, MAX_ATTEMPTS]):
            if row["state"] != "FAILED":
                continue
            log.error("a deadline was given up", deadline=str(deadline_id), kind=row["kind"], why=why)
            subject = Subject(kind=row["subject_kind"], id=row["subject_id"], order_id=row["order_id"])
            raise_alarm(writes, DEADLINE_FAILED, {Role.ADMIN}, subject)
