"""One move being made inside the door's transaction, and the work it belongs to."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine import facts as facts_of
from domain.engine.after_commit import CommittedChanges
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle, Transition
from domain.engine.registry import Registry
from domain.engine.schedule import Subject
from domain.kernel.actors import CLOCK, Role

Apply = Callable[["UnitOfWork", Lifecycle, Transition, UUID | None, Any, EvaluationContext], Awaitable[UUID]]


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
    """Everything done in one transaction: what was touched is brought into step with its deadlines at the end.

    `apply` makes a move within it, and is what consequences are made with. `happened` are its events so far, in
    order; `skipped_automations` are those that the caller does not want to run.
    """

    registry: Registry
    connection: BaseDBAsyncClient
    apply: "Apply"
    due_at: datetime | None = None
    events: list[RecordedEvent] = field(default_factory=list)
    skipped_automations: frozenset[UUID] = frozenset()
    touched: dict[tuple[str, UUID], Subject] = field(default_factory=dict)
    changes: CommittedChanges = field(default_factory=CommittedChanges)

    def touch(self, noun: str, row_id: UUID, order_id: UUID | None) -> None:
        """Remember a row whose deadlines may have to follow, and its order."""
        self.touched[noun, row_id] = Subject(lifecycle=self.registry.lifecycles[noun], id=row_id, order_id=order_id)
        if order_id is not None and noun != "order":
            self.touch("order", order_id, order_id)
        if order_id is not None:
            self.changes.order_ids.add(order_id)


@dataclass(kw_only=True)
class TransitionContext:
    """What `writes` and consequences are given: the row before it is saved, the facts, what was taken, the moment.

    `note` becomes the event's body. `notifies` and `audience` start as the table says; `writes` may narrow them
    where the readers depend on what was taken.
    """

    lifecycle: Lifecycle
    transition: Transition
    row: Any
    facts: Any
    input: Any
    context: EvaluationContext
    work: UnitOfWork
    event_body: dict[str, object] = field(default_factory=dict)
    event_id: UUID | None = None
    notifies: frozenset[Role] = field(init=False)
    audience: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        self.notifies, self.audience = self.transition.notifies, self.transition.audience

    @property
    def connection(self) -> BaseDBAsyncClient:
        return self.work.connection

    @property
    def now(self) -> datetime:
        return self.context.now

    async def cascade(self, noun: str, name: str, subject_ids: Iterable[UUID], takes: Any = None) -> None:
        """Make a move of other rows as the system, in the same transaction; refused when one is not possible."""
        lifecycle = self.work.registry.lifecycles[noun]
        for subject_id in subject_ids:
            await self.work.apply(
                self.work, lifecycle, lifecycle.moves[name], subject_id, takes, self.context.as_actor(CLOCK)
            )


async def read_facts(connection: BaseDBAsyncClient, lifecycle: Lifecycle, row_id: UUID) -> Any:
    """Read the facts of one row as guards judge them; the row exists."""
    selected = facts_of.select(lifecycle.facts, "t")
    statement = f"SELECT {selected}::text AS facts FROM {lifecycle.scope.table} t WHERE t.id = $1"
    (row,) = await connection.execute_query_dict(statement, [row_id])
    return facts_of.parse(lifecycle.facts, row["facts"])
