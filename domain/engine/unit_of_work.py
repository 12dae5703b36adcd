"""One unit of work: a transaction, what was done in it, and what follows from all of it before and after the commit."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.database.orm_client import CollectingTransaction
from domain.database.pending_writes import PendingWrites
from domain.engine.after_commit import CommittedChanges, publish
from domain.engine.concurrency import locks
from domain.engine.concurrency.retry import ATTEMPTS, retry_on_conflict
from domain.engine.context import EvaluationContext, read_context
from domain.engine.registry import Registry
from domain.engine.schedule import TouchedRow, read_schedule, reconcile
from domain.kernel.actors import Actor

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RecordedEvent:
    """An event of this transaction. `order_id` is empty for what belongs to several orders or to none."""

    name: str
    event_id: UUID
    noun: str
    subject_id: UUID
    order_id: UUID | None


@dataclass(kw_only=True)
class UnitOfWork:
    """Everything done in one transaction as one actor.

    `writes` collects what is to be written; it is flushed before any statement that reads, and before the commit.
    `context` is read once, after the locks are granted. `events` are those recorded so far, in order;
    `skipped_automations` are those that the caller does not want to run. `due_at` is the instant of the deadline that
    the work carries out, or `due_at_by_subject` those of several, by the id of the order or of a row without one.
    `firing` are the deadlines it carries out: they do not follow their rows.
    """

    registry: Registry
    connection: CollectingTransaction
    writes: PendingWrites
    actor: Actor
    due_at: datetime | None = None
    due_at_by_subject: dict[UUID, datetime] = field(default_factory=dict)
    firing: frozenset[UUID] = frozenset()
    events: list[RecordedEvent] = field(default_factory=list)
    skipped_automations: frozenset[UUID] = frozenset()
    touched: dict[tuple[str, UUID], TouchedRow] = field(default_factory=dict)
    changes: CommittedChanges = field(default_factory=CommittedChanges)
    _context: EvaluationContext | None = None

    @property
    def context(self) -> EvaluationContext:
        """The instant, the actor and the settings by which this work is evaluated."""
        assert self._context is not None, "the context is read after the locks are granted"
        return self._context

    def due_at_of(self, subject_id: UUID, order_id: UUID | None) -> datetime | None:
        """The instant of the deadline by which this row is moved; nothing where it is not moved by one."""
        return self.due_at or self.due_at_by_subject.get(order_id or subject_id)

    async def lock_orders(self, order_ids: Iterable[UUID]) -> EvaluationContext:
        """Lock orders, ascending, then read the context."""
        await locks.lock_roots(self.connection, self.registry.root, order_ids)
        return await self.read_context()

    async def read_context(self) -> EvaluationContext:
        """Read the instant and the settings, once every lock is granted."""
        self._context = await read_context(self.connection, self.actor, self.registry.context_facts)
        return self._context

    def use_context(self, context: EvaluationContext) -> None:
        """Evaluate this work by a context that was read, once every lock was granted, with something else."""
        self._context = context

    def touch(self, noun: str, row_id: UUID, order_id: UUID | None) -> None:
        """Remember a row whose deadlines may have to follow, and its order."""
        self.touched[noun, row_id] = TouchedRow(lifecycle=self.registry.lifecycles[noun], id=row_id, order_id=order_id)
        self.changes.nouns.add(noun)
        if order_id is not None:
            root = self.registry.root
            self.touched[root.noun, order_id] = TouchedRow(lifecycle=root, id=order_id, order_id=order_id)
            self.changes.order_ids.add(order_id)

    async def settle(self) -> None:
        """Run what follows every command, then reconcile the deadlines of every touched row, once."""
        if self.registry.after_command and self.events:
            await self.registry.after_command(self)
        for schedule in await read_schedule(self.connection, self.touched.values()):
            self.changes.deadlines |= reconcile(self.writes, schedule, self.context, self.firing)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of this work that is undone alone when it fails: rows, events and messages."""
        await self.writes.flush()
        events, messages = len(self.events), len(self.changes.message_ids)
        try:
            async with in_transaction():
                yield
        except BaseException:
            del self.events[events:], self.changes.message_ids[messages:]
            raise

    def part(self) -> "UnitOfWork":
        """A part of this work that can be undone alone: same transaction and actor, its own record."""
        return begin(self.registry, self.connection, self.actor)


async def run(
    registry: Registry, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]], *, attempts: int = ATTEMPTS
) -> T:
    """Run `work` in a unit of work of its own and return its result: all of it, or nothing at all.

    Opens the transaction; `work` locks, reads the context and writes; then automations and deadlines are settled,
    the transaction is committed, and the changes are published. Serialization conflicts, deadlocks and lock timeouts
    start it again from the beginning, up to `attempts` in all. Runs outside any transaction of the caller.
    """
    result, changes = await retry_on_conflict(partial(_attempt, registry, actor, work), attempts)
    await publish(changes)
    return result


async def _attempt(
    registry: Registry, actor: Actor, work: Callable[[UnitOfWork], Awaitable[T]]
) -> tuple[T, CommittedChanges]:
    async with in_transaction() as connection:
        unit = begin(registry, connection, actor)
        result = await work(unit)
        await unit.settle()
        await unit.writes.flush()
    return result, unit.changes


def begin(registry: Registry, connection: BaseDBAsyncClient, actor: Actor) -> UnitOfWork:
    """A unit of work, or a part of one, on an open transaction."""
    assert isinstance(connection, CollectingTransaction)
    changes = CommittedChanges()
    writes = PendingWrites(connection=connection, on_returned=lambda _, ids: changes.message_ids.extend(ids))
    connection.writes = writes
    return UnitOfWork(registry=registry, connection=connection, writes=writes, actor=actor, changes=changes)
