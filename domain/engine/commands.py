"""The one door: every move of every noun goes through `perform`, whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.engine import idempotency, locks
from domain.engine.after_commit import CommittedChanges, publish
from domain.engine.context import EvaluationContext, read_context
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.engine.retry import retry_on_conflict
from domain.engine.schedule import kinds_enforced_on_access
from domain.engine.transition import apply, settle
from domain.engine.unit_of_work import UnitOfWork, read_facts
from domain.kernel.actors import CLOCK, Actor
from domain.kernel.errors import Code, Refusal, Refused, guard_failed

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
    input: Any = None
    expected_version: int | None = None
    idempotency_key: str | None = None
    deadline_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The row a command moved or made. `replayed` when the same key had done it before."""

    subject_id: UUID
    replayed: bool = False


class OverdueDeadline(Exception):
    """A deadline of the locked orders has passed and its move comes first."""

    def __init__(self, deadline_id: UUID, kind: str, subject_id: UUID) -> None:
        super().__init__(kind)
        self.deadline_id, self.kind, self.subject_id = deadline_id, kind, subject_id


class NoLongerDue(Exception):
    """Somebody else fired this deadline, or it was moved or disarmed meanwhile."""


async def execute(book: Registry, command: Command, actor: Actor) -> Outcome:
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
            outcome, changes = await retry_on_conflict(partial(_attempt, book, command, actor, settled))
        except OverdueDeadline as overdue:
            settled.add(overdue.deadline_id)
            await _enforce_overdue(book, overdue)
        else:
            await publish(changes)
            return outcome


async def _attempt(
    book: Registry, command: Command, actor: Actor, settled: set[UUID]
) -> tuple[Outcome, CommittedChanges]:
    lifecycle = book.lifecycles[command.noun]
    transition = lifecycle.moves[command.move]
    async with in_transaction() as connection:
        await _claim_deadline(connection, command)
        earlier = await _earlier_outcome(connection, command, actor)
        if earlier:
            return Outcome(subject_id=earlier.subject_id, replayed=True), CommittedChanges()
        work = UnitOfWork(registry=book, connection=connection, apply=apply)
        order_ids = await _lock(work, lifecycle, transition, command, actor)
        context = await read_context(connection, actor)
        await _require_nothing_overdue(work, order_ids, context, command, settled)
        subject_id = await _resolve_late_command(work, lifecycle, transition, command, context)
        if subject_id is None:
            await _expect_version(work, lifecycle, transition, command)
            subject_id = await apply(work, lifecycle, transition, command.subject_id, command.input, context)
        await settle(work, context)
        if command.deadline_id:
            await connection.execute_query(FIRED, [command.deadline_id, context.now])
        if command.idempotency_key:
            await idempotency.store(connection, actor, command.idempotency_key, subject_id)
        return Outcome(subject_id=subject_id), work.changes


async def _claim_deadline(connection: BaseDBAsyncClient, command: Command) -> None:
    """Step aside at once when another clock is at this deadline, rather than wait for its locks."""
    if command.deadline_id:
        (row,) = await connection.execute_query_dict(TRY_CLAIM, [str(command.deadline_id)])
        if not row["claimed"]:
            raise NoLongerDue


async def _earlier_outcome(
    connection: BaseDBAsyncClient, command: Command, actor: Actor
) -> idempotency.EarlierOutcome | None:
    if command.idempotency_key is None:
        return None
    asked = idempotency.fingerprint(command.noun, command.move, command.subject_id, command.input)
    return await idempotency.claim(connection, actor, command.idempotency_key, asked)


async def _lock(
    work: UnitOfWork, lifecycle: Lifecycle, transition: Transition, command: Command, actor: Actor
) -> list[UUID]:
    judged = work.registry.subject_lifecycle(lifecycle, transition)
    if judged is None or command.subject_id is None:
        orders = await transition.orders_to_lock(work.connection, command.input) if transition.orders_to_lock else []
        await locks.lock_orders(work.connection, orders)
        return orders
    await locks.require_visible(work.connection, judged.scope, command.subject_id, actor)
    orders = await judged.orders_to_lock(work.connection, command.subject_id)
    await locks.lock_orders(work.connection, orders)
    await locks.lock_row(work.connection, judged.scope, command.subject_id, actor)
    return orders


async def _require_nothing_overdue(
    work: UnitOfWork, order_ids: Iterable[UUID], context: EvaluationContext, command: Command, settled: set[UUID]
) -> None:
    if command.deadline_id:
        rows = await work.connection.execute_query_dict(CLAIM_DEADLINE, [command.deadline_id, context.now])
        if not rows:
            raise NoLongerDue
        work.due_at = rows[0]["due_at"]
        return
    kinds = list(kinds_enforced_on_access(work.registry.lifecycles.values()))
    values: list[object] = [list(order_ids), kinds, context.now, list(settled)]
    for row in await work.connection.execute_query_dict(OVERDUE, values):
        raise OverdueDeadline(row["id"], row["kind"], row["subject_id"])


async def _enforce_overdue(book: Registry, overdue: OverdueDeadline) -> None:
    """Make the overdue move as the clock would; when its guards do not hold, the caller is judged as things are."""
    _, timer = book.timers[overdue.kind]
    assert timer.command is not None
    command = Command(
        noun=timer.command.noun,
        move=timer.command.move,
        subject_id=overdue.subject_id,
        deadline_id=overdue.deadline_id,
    )
    try:
        await execute(book, command, CLOCK)
    except (Refused, NoLongerDue):
        return


async def _resolve_late_command(
    work: UnitOfWork, lifecycle: Lifecycle, transition: Transition, command: Command, context: EvaluationContext
) -> UUID | None:
    """What somebody meets who comes after a deadline, whether the clock has run or the door just did its work.

    The row when it already is what they ask for; refused when they are too late; nothing when they are in time.
    This comes before link and version, which the deadline's own move has voided and counted.
    """
    if not (transition.is_satisfied or transition.late_refusal) or not transition.roles & context.actor.roles:
        return None
    assert command.subject_id is not None
    facts = await read_facts(work.connection, lifecycle, command.subject_id)
    if transition.is_satisfied and transition.is_satisfied(facts):
        return command.subject_id
    late = transition.late_refusal(facts, context) if transition.late_refusal else None
    if late and facts.status not in transition.from_states:
        raise Refused(late)
    return None


async def _expect_version(work: UnitOfWork, lifecycle: Lifecycle, transition: Transition, command: Command) -> None:
    judged = work.registry.subject_lifecycle(lifecycle, transition)
    if command.expected_version is None or judged is None or command.subject_id is None:
        return
    row = await judged.model.get(id=command.subject_id, using_db=work.connection)
    if row.version != command.expected_version:  # type: ignore[attr-defined]
        raise Refused(await _stale(work, judged, command.subject_id, row))


async def _stale(work: UnitOfWork, judged: Lifecycle, subject_id: UUID, row: Any) -> Refusal:
    last = await work.connection.execute_query_dict(
        "SELECT at, actor_name, actor_role FROM events WHERE subject_kind = $1 AND subject_id = $2"
        " ORDER BY sequence DESC LIMIT 1",
        [judged.noun, subject_id],
    )
    changed = {"changed_at": last[0]["at"], "changed_by": last[0]["actor_name"]} if last else {}
    return Refusal(Code.STALE_VERSION, "changed_meanwhile", {"version": row.version, **changed}, ("expectedVersion",))
