"""One move being made inside the door's transaction, and the work it belongs to."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.core import facts as facts_of
from domain.core.actors import CLOCK, Role
from domain.core.announce import Changes
from domain.core.book import Book
from domain.core.deadlines import Subject
from domain.core.lifecycle import Lifecycle, Transition
from domain.core.moment import Moment

Apply = Callable[["Work", Lifecycle, Transition, UUID | None, Any, Moment], Awaitable[UUID]]


@dataclass(frozen=True, kw_only=True)
class Happened:
    """An event of this transaction. `order_id` is empty for what belongs to several orders or to none."""

    name: str
    event_id: UUID
    noun: str
    subject_id: UUID
    order_id: UUID | None


@dataclass(kw_only=True)
class Work:
    """Everything done in one transaction: what was touched is brought into step with its deadlines at the end.

    `apply` makes a move within it, and is what consequences are made with. `happened` are its events so far, in
    order; `skipped_automations` are those that the caller does not want to run.
    """

    book: Book
    connection: BaseDBAsyncClient
    apply: "Apply"
    due_at: datetime | None = None
    happened: list[Happened] = field(default_factory=list)
    skipped_automations: frozenset[UUID] = frozenset()
    touched: dict[tuple[str, UUID], Subject] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)

    def touch(self, noun: str, row_id: UUID, order_id: UUID | None) -> None:
        """Remember a row whose deadlines may have to follow, and its order."""
        self.touched[noun, row_id] = Subject(lifecycle=self.book.lifecycles[noun], id=row_id, order_id=order_id)
        if order_id is not None and noun != "order":
            self.touch("order", order_id, order_id)
        if order_id is not None:
            self.changes.order_ids.add(order_id)


@dataclass(kw_only=True)
class Move:
    """What `writes` and consequences are given: the row before it is saved, the facts, what was taken, the moment.

    `note` becomes the event's body. `notifies` and `audience` start as the table says; `writes` may narrow them
    where the readers depend on what was taken.
    """

    lifecycle: Lifecycle
    transition: Transition
    row: Any
    facts: Any
    takes: Any
    moment: Moment
    work: Work
    note: dict[str, object] = field(default_factory=dict)
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
        return self.moment.now

    async def follow(self, noun: str, name: str, subject_ids: Iterable[UUID], takes: Any = None) -> None:
        """Make a move of other rows as the system, in the same transaction; refused when one is not possible."""
        lifecycle = self.work.book.lifecycles[noun]
        for subject_id in subject_ids:
            await self.work.apply(
                self.work, lifecycle, lifecycle.moves[name], subject_id, takes, self.moment.as_actor(CLOCK)
            )


async def facts_about(connection: BaseDBAsyncClient, lifecycle: Lifecycle, row_id: UUID) -> Any:
    """Read the facts of one row as guards judge them; the row exists."""
    selected = facts_of.select(lifecycle.facts, "t")
    statement = f"SELECT {selected}::text AS facts FROM {lifecycle.source.table} t WHERE t.id = $1"
    (row,) = await connection.execute_query_dict(statement, [row_id])
    return facts_of.parse(lifecycle.facts, row["facts"])
