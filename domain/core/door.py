"""The one door: every move of every noun goes through `perform`, whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.core import idempotency, locks
from domain.core.actors import CLOCK, Actor
from domain.core.announce import Changes, announce
from domain.core.apply import apply, settle
from domain.core.book import Book
from domain.core.deadlines import overdue_kinds
from domain.core.errors import Code, Refusal, Refused, guard_failed
from domain.core.lifecycle import Lifecycle, Transition
from domain.core.moment import Moment, this_moment
from domain.core.move import Work, facts_about
from domain.core.patience import patiently

OVERDUE = """SELECT id, kind, subject_id FROM deadlines WHERE order_id = ANY($1::uuid[]) AND kind = ANY($2::text[])
    AND state IN ('PENDING', 'FAILED') AND due_at <= $3 AND NOT id = ANY($4::uuid[]) ORDER BY due_at, id LIMIT 1"""
CLAIM_DEADLINE = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE"""
TRY_CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed"
FIRED = "UPDATE deadlines SET state = 'FIRED', fired_at = $2 WHERE id = $1"


@dataclass(frozen=True, kw_only=True)
class Command:
    """One request to move something. `deadline_id` is set when the clock asks because a deadline came."""

    noun: str
    move: str
    subject_id: UUID | None = None
    takes: Any = None
    expected_version: int | None = None
    idempotency_key: str | None = None
    deadline_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The row a command moved or made. `replayed` when the same key had done it before."""

    subject_id: UUID
    replayed: bool = False


class Overdue(Exception):
    """A deadline of the locked orders has passed and its move comes first."""

    def __init__(self, deadline_id: UUID, kind: str, subject_id: UUID) -> None:
        super().__init__(kind)
        self.deadline_id, self.kind, self.subject_id = deadline_id, kind, subject_id


class NoLongerDue(Exception):
    """Somebody else fired this deadline, or it was moved or disarmed meanwhile."""


async def perform(book: Book, command: Command, actor: Actor) -> Outcome:
    """Make one move and all that follows from it, or nothing at all. Opens the transaction itself.

    Where the offer's end or acceptance by silence is overdue, that move is made and committed first, and the
    caller's is judged afresh. Raises `Refused` when the move is not possible, and for every move of somebody who
    only looks. Deadlocks and lock timeouts are tried again and never seen by the caller.
    """
    if actor.read_only:
        raise Refused(guard_failed("view_only"))
    # A deadline that somebody wants to be tried again is not tried before they are heard.
    settled: set[UUID] = {command.subject_id} if command.subject_id else set()
    while True:
        try:
            outcome, changes = await patiently(partial(_attempt, book, command, actor, settled))
        except Overdue as overdue:
            settled.add(overdue.deadline_id)
            await _settle_late(book, overdue)
        else:
            await announce(changes)
            return outcome


async def _attempt(book: Book, command: Command, actor: Actor, settled: set[UUID]) -> tuple[Outcome, Changes]:
    lifecycle = book.lifecycles[command.noun]
    transition = lifecycle.moves[command.move]
    async with in_transaction() as connection:
        await _claim_for_this_clock(connection, command)
        earlier = await _earlier(connection, command, actor)
        if earlier:
            return Outcome(subject_id=earlier.subject_id, replayed=True), Changes()
        work = Work(book=book, connection=connection, apply=apply)
        order_ids = await _lock(work, lifecycle, transition, command, actor)
        moment = await this_moment(connection, actor)
        await _overdue_first(work, order_ids, moment, command, settled)
        subject_id = await _met_by_its_deadline(work, lifecycle, transition, command, moment)
        if subject_id is None:
            await _expect_version(work, lifecycle, transition, command)
            subject_id = await apply(work, lifecycle, transition, command.subject_id, command.takes, moment)
        await settle(work, moment)
        if command.deadline_id:
            await connection.execute_query(FIRED, [command.deadline_id, moment.now])
        if command.idempotency_key:
            await idempotency.keep(connection, actor, command.idempotency_key, subject_id)
        return Outcome(subject_id=subject_id), work.changes


async def _claim_for_this_clock(connection: BaseDBAsyncClient, command: Command) -> None:
    """Step aside at once when another clock is at this deadline, rather than wait for its locks."""
    if command.deadline_id:
        (row,) = await connection.execute_query_dict(TRY_CLAIM, [str(command.deadline_id)])
        if not row["claimed"]:
            raise NoLongerDue


async def _earlier(connection: BaseDBAsyncClient, command: Command, actor: Actor) -> idempotency.Earlier | None:
    if command.idempotency_key is None:
        return None
    asked = idempotency.fingerprint(command.noun, command.move, command.subject_id, command.takes)
    return await idempotency.claim(connection, actor, command.idempotency_key, asked)


async def _lock(work: Work, lifecycle: Lifecycle, transition: Transition, command: Command, actor: Actor) -> list[UUID]:
    judged = work.book.judged_on(lifecycle, transition)
    if judged is None or command.subject_id is None:
        orders = await transition.orders_of(work.connection, command.takes) if transition.orders_of else []
        await locks.lock_orders(work.connection, orders)
        return orders
    await locks.must_see(work.connection, judged.source, command.subject_id, actor)
    orders = await judged.orders_of(work.connection, command.subject_id)
    await locks.lock_orders(work.connection, orders)
    await locks.lock_row(work.connection, judged.source, command.subject_id, actor)
    return orders


async def _overdue_first(
    work: Work, order_ids: Iterable[UUID], moment: Moment, command: Command, settled: set[UUID]
) -> None:
    if command.deadline_id:
        rows = await work.connection.execute_query_dict(CLAIM_DEADLINE, [command.deadline_id, moment.now])
        if not rows:
            raise NoLongerDue
        work.due_at = rows[0]["due_at"]
        return
    kinds = list(overdue_kinds(work.book.lifecycles.values()))
    values: list[object] = [list(order_ids), kinds, moment.now, list(settled)]
    for row in await work.connection.execute_query_dict(OVERDUE, values):
        raise Overdue(row["id"], row["kind"], row["subject_id"])


async def _settle_late(book: Book, overdue: Overdue) -> None:
    """Make the overdue move as the clock would; when its guards do not hold, the caller is judged as things are."""
    _, timer = book.timers[overdue.kind]
    assert timer.asks is not None
    command = Command(
        noun=timer.asks.noun,
        move=timer.asks.move,
        subject_id=overdue.subject_id,
        deadline_id=overdue.deadline_id,
    )
    try:
        await perform(book, command, CLOCK)
    except (Refused, NoLongerDue):
        return


async def _met_by_its_deadline(
    work: Work, lifecycle: Lifecycle, transition: Transition, command: Command, moment: Moment
) -> UUID | None:
    """What somebody meets who comes after a deadline, whether the clock has run or the door just did its work.

    The row when it already is what they ask for; refused when they are too late; nothing when they are in time.
    This comes before link and version, which the deadline's own move has voided and counted.
    """
    if not (transition.already or transition.too_late) or not transition.by & moment.actor.roles:
        return None
    assert command.subject_id is not None
    facts = await facts_about(work.connection, lifecycle, command.subject_id)
    if transition.already and transition.already(facts):
        return command.subject_id
    late = transition.too_late(facts, moment) if transition.too_late else None
    if late and facts.status not in transition.sources:
        raise Refused(late)
    return None


async def _expect_version(work: Work, lifecycle: Lifecycle, transition: Transition, command: Command) -> None:
    judged = work.book.judged_on(lifecycle, transition)
    if command.expected_version is None or judged is None or command.subject_id is None:
        return
    row = await judged.model.get(id=command.subject_id, using_db=work.connection)
    if row.version != command.expected_version:  # type: ignore[attr-defined]
        raise Refused(await _stale(work, judged, command.subject_id, row))


async def _stale(work: Work, judged: Lifecycle, subject_id: UUID, row: Any) -> Refusal:
    last = await work.connection.execute_query_dict(
        "SELECT at, actor_name, actor_role FROM events WHERE subject_kind = $1 AND subject_id = $2"
        " ORDER BY sequence DESC LIMIT 1",
        [judged.noun, subject_id],
    )
    changed = {"changed_at": last[0]["at"], "changed_by": last[0]["actor_name"]} if last else {}
    return Refusal(Code.STALE_VERSION, "changed_meanwhile", {"version": row.version, **changed}, ("expectedVersion",))
