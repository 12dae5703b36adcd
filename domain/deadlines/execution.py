"""Firing one due deadline: its command is executed, or its reminder is sent."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from tortoise import connections

from domain.engine import unit_of_work
from domain.engine.commands import Command, execute
from domain.engine.concurrency.retry import ATTEMPTS
from domain.engine.context import EvaluationContext
from domain.engine.deadline_claims import ClaimedDeadline, NoLongerDue, claim_all_due, mark_fired, repeat_at, try_claim
from domain.engine.facts import read_facts
from domain.engine.lifecycle import Lifecycle, Timer
from domain.engine.model import Deadline
from domain.engine.registry import Registry
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK
from domain.outbox.messages import NewMessage, enqueue


async def fire(registry: Registry, deadline_id: UUID, *, attempts: int = ATTEMPTS) -> bool:
    """Fire one deadline if it is due; tells whether this call did it. Opens its own transaction.

    A transient conflict starts it again, up to `attempts` in all. Raises `Refused` when its move is not possible now;
    every other error is raised as it is: the sweeper postpones the deadline.
    """
    deadline = await Deadline.get_or_none(id=deadline_id)
    if deadline is None:
        return False
    lifecycle, timer = registry.timers[deadline.kind]
    try:
        if timer.command is None:
            await unit_of_work.run(
                registry, CLOCK, partial(_send_reminder, lifecycle, timer, deadline), attempts=attempts
            )
        else:
            await execute(registry, await _command(lifecycle, timer, deadline), CLOCK, attempts=attempts)
    except NoLongerDue:
        return False
    return True


async def _command(lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> Command:
    assert timer.command is not None
    facts = await read_facts(connections.get("default"), lifecycle, deadline.subject_id)
    return Command(
        noun=timer.command.noun,
        move=timer.command.move,
        subject_id=timer.command.subject(facts),
        input=timer.command.input(facts),
        deadline_id=deadline.id,
    )


async def _send_reminder(lifecycle: Lifecycle, timer: Timer, deadline: Deadline, work: UnitOfWork) -> None:
    await try_claim(work.connection, deadline.id)
    context = await work.lock_orders([deadline.order_id] if deadline.order_id else [])
    claimed = await claim_all_due(work.connection, [deadline.id], context.now)
    if not claimed:
        raise NoLongerDue
    remind(work, lifecycle, timer, claimed[0])


def remind(work: UnitOfWork, lifecycle: Lifecycle, timer: Timer, deadline: ClaimedDeadline) -> None:
    """Write the reminder of a claimed deadline, and arm it again where it is repeated."""
    message = NewMessage(
        name=timer.kind,
        recipients=timer.notifies,
        subject_kind=lifecycle.noun,
        subject_id=deadline.subject_id,
        order_id=deadline.order_id,
    )
    enqueue(work.writes, message)
    if timer.repeat_every is None:
        mark_fired(work.writes, deadline.id, work.context.now)
    else:
        next_at = _next_time(deadline.due_at, timer.repeat_every, work.context)
        repeat_at(work.writes, deadline.id, work.context.now, next_at)


def _next_time(due_at: datetime, step: timedelta, context: EvaluationContext) -> datetime:
    """The first repetition after now, so that a clock that slept does not catch up message by message.

    Days are those of the clock on the wall, of which one has 23 hours and one 25.
    """
    days = (context.now - due_at).days
    while (later := context.calendar.same_time_later(due_at, days)) <= context.now:
        days += step.days
    return later
