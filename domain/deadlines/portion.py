"""Firing many due deadlines of one kind together: one unit of work, one statement for each step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from domain.deadlines.execution import remind
from domain.engine import deadline_claims, unit_of_work
from domain.engine.concurrency import locks
from domain.engine.deadline_claims import ClaimedDeadline, UnlockedDeadline
from domain.engine.lifecycle import Lifecycle, Timer
from domain.engine.registry import Registry
from domain.engine.subjects import LockedSubjects, read_locked_subjects
from domain.engine.transition import TransitionContext, make, prepare
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused

WAIT_BRIEFLY = "SET LOCAL lock_timeout = '300ms'"


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Due deadlines of one kind and of different orders, or one that cannot be fired together with others."""

    kind: str
    deadline_ids: Sequence[UUID]
    order_ids: Sequence[UUID]
    alone: bool

    def parts(self) -> "Sequence[Portion]":
        """The same deadlines in two halves; a single one alone."""
        if len(self.deadline_ids) == 1:
            return (replace(self, alone=True),)
        middle = len(self.deadline_ids) // 2
        halves = self.deadline_ids[:middle], self.deadline_ids[middle:]
        return [replace(self, deadline_ids=half) for half in halves]


def can_be_fired_together(registry: Registry, kind: str) -> bool:
    """Whether many deadlines of a kind can be fired in one unit of work: reminders, and moves of their own rows."""
    if kind not in registry.timers:
        return False
    command = registry.timers[kind][1].command
    return command is None or command.moves_its_row


async def fire_portion(registry: Registry, portion: Portion) -> int:
    """Fire those deadlines of the portion that are due; return how many fired. Opens its own transaction.

    A deadline whose order is locked by another transaction stays due: the others do not wait for it. One whose move is
    refused sleeps until a related move wakes it; that hinders no other. Any other error, also a refusal by an effect
    or a consequence, is raised, and nothing of the portion has happened.
    """
    return await unit_of_work.run(registry, CLOCK, partial(_fire, portion), attempts=1)


async def _fire(portion: Portion, work: UnitOfWork) -> int:
    lifecycle, timer = work.registry.timers[portion.kind]
    await work.connection.execute_query(WAIT_BRIEFLY)
    claimed = await deadline_claims.try_claim_all(work.connection, portion.deadline_ids)
    subjects = await _of_free_orders(work, claimed)
    if not subjects:
        return 0
    locked = await _lock_and_read(work, lifecycle, list(subjects.values()))
    due = await deadline_claims.claim_all_due(work.connection, subjects, work.context.now)
    if timer.command is None:
        for deadline in due:
            remind(work, lifecycle, timer, deadline)
        return len(due)
    return await _move(work, lifecycle, timer, due, locked)


async def _of_free_orders(work: UnitOfWork, claimed: Sequence[UnlockedDeadline]) -> dict[UUID, UUID]:
    """Lock the orders that no other transaction holds; the subjects of their deadlines, and of those without order."""
    order_ids = [each.order_id for each in claimed if each.order_id]
    free = await locks.lock_free_roots(work.connection, work.registry.root, order_ids)
    return {each.id: each.subject_id for each in claimed if each.order_id is None or each.order_id in free}


async def _lock_and_read(work: UnitOfWork, lifecycle: Lifecycle, subject_ids: Sequence[UUID]) -> LockedSubjects:
    await locks.lock_subjects(work.connection, work.registry.root, lifecycle, subject_ids, CLOCK)
    locked = await read_locked_subjects(
        work.connection, work.registry, lifecycle, subject_ids, CLOCK, order_ids=(), settled=()
    )
    work.use_context(locked.context)
    return locked


async def _move(
    work: UnitOfWork, lifecycle: Lifecycle, timer: Timer, due: Sequence[ClaimedDeadline], locked: LockedSubjects
) -> int:
    """Make the move of every row that allows it; the deadlines of the others sleep."""
    assert timer.command is not None
    transition, moves = lifecycle.moves[timer.command.move], list[TransitionContext]()
    for deadline in due:
        subject = locked.subjects.get(deadline.subject_id)
        work.due_at_by_subject[deadline.order_id or deadline.subject_id] = deadline.due_at
        try:
            moves.append(prepare(work, lifecycle, transition, subject, None, work.context))
        except Refused as refused:
            deadline_claims.put_to_sleep(work.writes, deadline.id, refused)
        else:
            deadline_claims.mark_fired(work.writes, deadline.id, work.context.now)
            work.firing |= {deadline.id}
    await make(moves)
    return len(moves)
