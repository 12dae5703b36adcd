"""The one way to move anything: every command of every noun goes through `execute`, whole or not at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from domain.database.turns import Turns
from domain.engine import deadline_claims, unit_of_work
from domain.engine.concurrency import idempotency, locks
from domain.engine.concurrency.retry import ATTEMPTS
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.engine.subjects import Subject, read_locked_subjects
from domain.engine.transition import make, prepare
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK, Actor
from domain.kernel.errors import Code, Refusal, Refused, guard_failed, not_found

LAST_CHANGE = """SELECT at, actor_name FROM events WHERE subject_kind = $1 AND subject_id = $2 AND name <> ALL($3)
    ORDER BY sequence DESC LIMIT 1"""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One request to move something. `deadline_id` is set when the clock sends it because a deadline is due."""

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


_turns = Turns()


class OverdueDeadline(Exception):
    """A deadline of the locked orders has passed and its move comes first."""

    def __init__(self, deadline: deadline_claims.Overdue) -> None:
        super().__init__(deadline.kind)
        self.deadline = deadline


async def execute(registry: Registry, command: Command, actor: Actor, *, attempts: int = ATTEMPTS) -> Outcome:
    """Execute one command and its consequences in one unit of work, or nothing at all.

    Where the offer's end or acceptance by silence is overdue, that move is made and committed first, and the caller's
    is evaluated afresh. Raises `Refused` when the move is not possible, and for every move of a read-only actor.
    Serialization conflicts are met with up to `attempts`. Runs outside any transaction of the caller.
    """
    if actor.read_only:
        raise Refused(guard_failed(actor.read_only_reason))
    # A deadline that a person wants to be tried again is not tried before they are heard.
    settled: set[UUID] = {command.subject_id} if command.subject_id else set()
    while True:
        try:
            async with _turns.take(command.subject_id):
                return await unit_of_work.run(registry, actor, partial(_execute, command, settled), attempts=attempts)
        except OverdueDeadline as overdue:
            settled.add(overdue.deadline.id)
            await _enforce(registry, overdue.deadline)


async def _execute(command: Command, settled: Collection[UUID], work: UnitOfWork) -> Outcome:
    return await _Execution(work, command).run(settled)


async def _enforce(registry: Registry, overdue: deadline_claims.Overdue) -> None:
    """Make the overdue move as the clock would; when its guards do not hold, the caller is evaluated as things are."""
    _, timer = registry.timers[overdue.kind]
    assert timer.command is not None
    command = Command(
        noun=timer.command.noun, move=timer.command.move, subject_id=overdue.subject_id, deadline_id=overdue.id
    )
    try:
        await execute(registry, command, CLOCK)
    except (Refused, deadline_claims.NoLongerDue):
        return


@dataclass(frozen=True)
class _Execution:
    """One command within its unit of work."""

    work: UnitOfWork
    command: Command

    @cached_property
    def lifecycle(self) -> Lifecycle:
        return self.work.registry.lifecycles[self.command.noun]

    @cached_property
    def transition(self) -> Transition:
        return self.lifecycle.moves[self.command.move]

    @cached_property
    def subject_lifecycle(self) -> Lifecycle | None:
        return self.work.registry.subject_lifecycle(self.lifecycle, self.transition)

    async def run(self, settled: Collection[UUID]) -> Outcome:
        """Always in this order: claims, locks, the instant, deadlines that come first, version, move."""
        if self.command.deadline_id:
            await deadline_claims.try_claim(self.work.connection, self.command.deadline_id)
        earlier = await self._earlier_outcome()
        if earlier:
            return Outcome(subject_id=earlier.subject_id, replayed=True)
        subject = await self._locked_subject(settled)
        subject_id = self._resolve_late_command(subject)
        if subject_id is None:
            await self._require_version(subject)
            subject_id = await self._make(subject)
        self._record_completion(subject_id)
        return Outcome(subject_id=subject_id)

    async def _make(self, subject: Subject | None) -> UUID:
        command = self.command
        move = prepare(self.work, self.lifecycle, self.transition, subject, command.input, self.work.context)
        (subject_id,) = await make([move])
        return subject_id

    async def _earlier_outcome(self) -> idempotency.EarlierOutcome | None:
        command = self.command
        if command.idempotency_key is None:
            return None
        request = idempotency.fingerprint(command.noun, command.move, command.subject_id, command.input)
        return await idempotency.claim(self.work.connection, self.work.actor, command.idempotency_key, request)

    async def _locked_subject(self, settled: Collection[UUID]) -> Subject | None:
        """Lock the orders, then the row, through the actor's scope, and read all that the command is evaluated by.

        Claims the deadline that this command carries out, or raises the first that must come before it.
        """
        work, ids = self.work, [self.command.subject_id] if self.command.subject_id else []
        subject = self.subject_lifecycle if ids else None
        order_ids = await self._lock(subject, ids)
        locked = await read_locked_subjects(
            work.connection, work.registry, subject, ids, work.actor, order_ids=order_ids, settled=settled
        )
        work.use_context(locked.context)
        if ids and subject and not locked.subjects:
            raise not_found()
        if self.command.deadline_id:
            work.due_at = await deadline_claims.claim_due(work.connection, self.command.deadline_id, work.context.now)
        elif locked.overdue:
            raise OverdueDeadline(locked.overdue)
        return locked.subjects[ids[0]] if subject else None

    async def _lock(self, subject: Lifecycle | None, ids: Sequence[UUID]) -> Sequence[UUID]:
        connection, root = self.work.connection, self.work.registry.root
        if subject is None:
            order_ids = await self._orders_named_by_input()
            await locks.lock_roots(connection, root, order_ids)
            return order_ids
        affected = self.transition.affected_orders
        locked = await locks.lock_subjects(connection, root, subject, ids, self.work.actor, affected_orders=affected)
        if not locked.ids:
            raise not_found()
        return locked.root_ids

    async def _orders_named_by_input(self) -> list[UUID]:
        if self.transition.orders_to_lock is None:
            return []
        return await self.transition.orders_to_lock(self.work.connection, self.command.input)

    def _resolve_late_command(self, subject: Subject | None) -> UUID | None:
        """Resolve a command that arrives after its deadline: the settled row's id, or nothing when it is in time.

        Raises `Refused` when it is too late, whether the clock has run or the deadline was enforced just now. This
        comes before link and version, which the deadline's own move has voided and counted.
        """
        transition, context = self.transition, self.work.context
        if not (transition.is_satisfied or transition.late_refusal) or not transition.roles & context.actor.roles:
            return None
        assert subject is not None
        if transition.is_satisfied and transition.is_satisfied(subject.facts):
            return self.command.subject_id
        late = transition.late_refusal(subject.facts, context) if transition.late_refusal else None
        if late and subject.facts.status not in transition.from_states:
            raise Refused(late)
        return None

    async def _require_version(self, subject: Subject | None) -> None:
        if self.command.expected_version is None or subject is None or self.subject_lifecycle is None:
            return
        version: int = subject.row.version
        if version != self.command.expected_version:
            raise Refused(await self._stale_version(self.subject_lifecycle, subject.row.id, version))

    async def _stale_version(self, subject: Lifecycle, subject_id: UUID, version: int) -> Refusal:
        moves = self.work.registry.transitions_on(subject.noun)
        uncounted = [lifecycle.event_name(move) for lifecycle, move in moves if not move.increments_version]
        last = await self.work.connection.execute_query_dict(LAST_CHANGE, [subject.noun, subject_id, uncounted])
        changed = {"changed_at": last[0]["at"], "changed_by": last[0]["actor_name"]} if last else {}
        return Refusal(Code.STALE_VERSION, "changed_meanwhile", {"version": version, **changed}, ("expectedVersion",))

    def _record_completion(self, subject_id: UUID) -> None:
        work, command = self.work, self.command
        if command.deadline_id:
            work.firing = frozenset({command.deadline_id})
            deadline_claims.mark_fired(work.writes, command.deadline_id, work.context.now)
        if command.idempotency_key:
            idempotency.store(work.writes, work.actor, command.idempotency_key, subject_id)
