"""Firing one due deadline: a move through the door, or letters, claimed so that no two clocks do the same."""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.core import locks, outbox
from domain.core.actors import CLOCK
from domain.core.announce import Changes, announce
from domain.core.book import Book
from domain.core.door import Command, NoLongerDue, perform
from domain.core.lifecycle import Lifecycle, Timer
from domain.core.model import Deadline
from domain.core.moment import Moment, this_moment
from domain.core.move import facts_about
from domain.core.outbox import Posting

CLAIM = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE SKIP LOCKED"""
DONE = "UPDATE deadlines SET state = 'FIRED', fired_at = $2 WHERE id = $1"
AGAIN = "UPDATE deadlines SET due_at = $3, next_attempt_at = $3, fired_at = $2 WHERE id = $1"


async def fire(book: Book, deadline_id: UUID) -> bool:
    """Fire one deadline when it is due; tells whether this call did it. Opens its own transaction.

    Raises `Refused` when its move is not possible now, and lets any other error fly: the sweep puts it off.
    """
    deadline = await Deadline.get_or_none(id=deadline_id)
    if deadline is None:
        return False
    lifecycle, timer = book.timers[deadline.kind]
    try:
        if timer.asks is None:
            await _remind(lifecycle, timer, deadline)
        else:
            await _move(book, lifecycle, timer, deadline)
    except NoLongerDue:
        return False
    return True


async def _move(book: Book, lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> None:
    assert timer.asks is not None
    async with in_transaction() as connection:
        facts = await facts_about(connection, lifecycle, deadline.subject_id)
    command = Command(
        noun=timer.asks.noun,
        move=timer.asks.move,
        subject_id=timer.asks.subject(facts),
        takes=timer.asks.takes(facts),
        deadline_id=deadline.id,
    )
    await perform(book, command, CLOCK)


async def _remind(lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> None:
    async with in_transaction() as connection:
        await locks.lock_orders(connection, [deadline.order_id] if deadline.order_id else [])
        moment = await this_moment(connection, CLOCK)
        if not await connection.execute_query_dict(CLAIM, [deadline.id, moment.now]):
            raise NoLongerDue
        letters = await _letters(connection, lifecycle, timer, deadline)
        await _finish(connection, timer, deadline, moment)
    await announce(Changes(letter_ids=letters))


async def _letters(connection: BaseDBAsyncClient, lifecycle: Lifecycle, timer: Timer, deadline: Deadline) -> list[UUID]:
    posting = Posting(
        name=timer.kind,
        readers=timer.notifies,
        subject_kind=lifecycle.noun,
        subject_id=deadline.subject_id,
        order_id=deadline.order_id,
    )
    return await outbox.post(connection, posting)


async def _finish(connection: BaseDBAsyncClient, timer: Timer, deadline: Deadline, moment: Moment) -> None:
    if timer.again_after is None:
        await connection.execute_query(DONE, [deadline.id, moment.now])
        return
    later = _next_time(deadline.due_at, timer.again_after, moment)
    await connection.execute_query(AGAIN, [deadline.id, moment.now, later])


def _next_time(due_at: datetime, step: timedelta, moment: Moment) -> datetime:
    """The first of the coming times after now, so that a clock that slept does not catch up letter by letter.

    Days are those of the clock on the wall, of which one has 23 hours and one 25.
    """
    days = (moment.now - due_at).days
    while (later := moment.calendar.same_time_later(due_at, days)) <= moment.now:
        days += step.days
    return later
