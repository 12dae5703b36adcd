"""Firing one due deadline: a move through the door, or letters, claimed so that no two clocks do the same."""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.engine import locks
from domain.engine.after_commit import CommittedChanges, publish
from domain.engine.commands import Command, NoLongerDue, execute
from domain.engine.context import EvaluationContext, read_context
from domain.engine.lifecycle import Lifecycle, Timer
from domain.engine.model import Deadline
from domain.engine.registry import Registry
from domain.engine.unit_of_work import read_facts
from domain.kernel.actors import CLOCK
from domain.outbox import messages
from domain.outbox.messages import NewMessage

CLAIM = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE SKIP LOCKED"""
DONE = "UPDATE deadlines SET state = 'FIRED', fired_at = $2 WHERE id = $1"
AGAIN = "UPDATE deadlines SET due_at = $3, next_attempt_at = $3, fired_at = $2 WHERE id = $1"


async def fire(registry: Registry, deadline_id: UUID) -> bool:
    """Fire one deadline when it is due; tells whether this call did it. Opens its own transaction.

    Raises `Refused` when its move is not possible now, and lets any other error fly: the sweep puts it off.
    """
    deadline = await Deadline.get_or_none(id=deadline_id)
    if deadline is None:
        return False
    lifecycle, timer = registry.timers[deadline.kind]
    try:
        if timer.command is None:
            await _send_reminder(lifecycle, timer, deadline)
        else:
            await _execute_move(registry, lifecycle, timer, deadline)
    except NoLongerDue:
        return False
    return True


async def _execute_move(registry: Registry, lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> None:
    assert timer.command is not None
    async with in_transaction() as connection:
        facts = await read_facts(connection, lifecycle, deadline.subject_id)
    command = Command(
        noun=timer.command.noun,
        move=timer.command.move,
        subject_id=timer.command.subject(facts),
        input=timer.command.input(facts),
        deadline_id=deadline.id,
    )
    await execute(registry, command, CLOCK)


async def _send_reminder(lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> None:
    async with in_transaction() as connection:
        await locks.lock_orders(connection, [deadline.order_id] if deadline.order_id else [])
        context = await read_context(connection, CLOCK)
        if not await connection.execute_query_dict(CLAIM, [deadline.id, context.now]):
            raise NoLongerDue
        letters = await _enqueue_messages(connection, lifecycle, timer, deadline)
        await _finish(connection, timer, deadline, context)
    await publish(CommittedChanges(message_ids=letters))


async def _enqueue_messages(
    connection: BaseDBAsyncClient, lifecycle: Lifecycle, timer: Timer, deadline: Deadline
) -> list[UUID]:
    posting = NewMessage(
        name=timer.kind,
        recipients=timer.notifies,
        subject_kind=lifecycle.noun,
        subject_id=deadline.subject_id,
        order_id=deadline.order_id,
    )
    return await messages.enqueue(connection, posting)


async def _finish(connection: BaseDBAsyncClient, timer: Timer, deadline: Deadline, context: EvaluationContext) -> None:
    if timer.repeat_every is None:
        await connection.execute_query(DONE, [deadline.id, context.now])
        return
    later = _next_time(deadline.due_at, timer.repeat_every, context)
    await connection.execute_query(AGAIN, [deadline.id, context.now, later])


def _next_time(due_at: datetime, step: timedelta, context: EvaluationContext) -> datetime:
    """The first of the coming times after now, so that a clock that slept does not catch up letter by letter.

    Days are those of the clock on the wall, of which one has 23 hours and one 25.
    """
    days = (context.now - due_at).days
    while (later := context.calendar.same_time_later(due_at, days)) <= context.now:
        days += step.days
    return later
