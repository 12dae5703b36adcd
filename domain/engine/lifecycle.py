"""A lifecycle as one literal value: its moves, commands and timers, and everything that is derived from them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

from domain.access.scoped_table import ScopedTable
from domain.accounts.model import LinkPurpose
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.errors import Refusal

Guard = Callable[[Any, EvaluationContext], Refusal | None]
Validator = Callable[[Any, Any, EvaluationContext], Refusal | None]
Due = Callable[[Any, EvaluationContext], datetime | None]
OrdersToLock = Callable[[BaseDBAsyncClient, Any], Awaitable[list[UUID]]]

ALL_BUT_CUSTOMERS = frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN})
EVERYONE = ALL_BUT_CUSTOMERS | {Role.CUSTOMER}


async def no_orders(_connection: BaseDBAsyncClient, _subject: Any) -> list[UUID]:
    """No order is touched by what happens to such a row."""
    return []


class ActionWeight(StrEnum):
    """How much a move stands out among those that are open."""

    PRIMARY = "PRIMARY"
    NORMAL = "NORMAL"
    DANGER = "DANGER"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A target that depends on facts: a pure choice among declared states."""

    states: frozenset[StrEnum]
    choose: Callable[[Any, EvaluationContext], StrEnum]


@dataclass(frozen=True, kw_only=True, eq=False)
class Transition:
    """One move (or command, which stays): everything about it, and nothing about it anywhere else.

    `guards` judge facts and moment alike for menu and move; `checks` judge what is taken. `writes` changes the row
    and may be a coroutine; the door saves. `too_late` explains a missed deadline where the state alone would only
    say "not here"; `already` tells that the outcome is what the caller asks for. `notifies` are the readers of the
    letter of the same name, `link` the purpose of the link in the customer's letter. `settles_late` marks the
    clock's moves that the door makes itself before it judges anybody who comes too late.

    `makes` is for moves that are made of many rows at once as well: one statement that writes row, event and letters,
    in place of `writes` and of what the engine would record.

    A move that `creates` a row is judged on a row of `on_noun` (its `sources` are that noun's states) or stands
    alone; its `writes` returns the new row, and `orders_of` tells from what is taken which orders to lock.
    """

    name: str
    doc: str
    roles: frozenset[Role]
    weight: ActionWeight = ActionWeight.NORMAL
    from_states: frozenset[StrEnum] = frozenset()
    to_state: StrEnum | Choice | None = None
    input: type | None = None
    guards: tuple[Guard, ...] = ()
    validators: tuple[Validator, ...] = ()
    effect: Callable[[Any], Any] | None = None
    handler: Callable[[Any], Awaitable[None]] | None = None
    notifies: frozenset[Role] = frozenset()
    link_purpose: LinkPurpose | None = None
    audience: frozenset[Role] = ALL_BUT_CUSTOMERS
    due: Due | None = None
    basis: str = ""
    open_until: Due | None = None
    late_refusal: Guard | None = None
    is_satisfied: Callable[[Any], bool] | None = None
    enforced_on_access: bool = False
    creates: bool = False
    parent_noun: str = ""
    orders_to_lock: OrdersToLock | None = None
    increments_version: bool = True

    @property
    def to_states(self) -> frozenset[StrEnum]:
        """The states this move may lead to; empty when the row stays where it is."""
        if self.to_state is None:
            return frozenset()
        return self.to_state.states if isinstance(self.to_state, Choice) else frozenset({self.to_state})


@dataclass(frozen=True, kw_only=True)
class TimerCommand:
    """What a timer asks of the door when it fires: a move of this or another noun."""

    noun: str
    move: str
    subject: Callable[[Any], UUID | None]
    input: Callable[[Any], Any] = lambda facts: None


@dataclass(frozen=True, kw_only=True)
class Timer:
    """An instant computed from facts. When it comes, a move is asked for or letters are written.

    `due` gives the instant or nothing; while the row is in one of `while_in` the deadline row follows it.
    A letter timer with `again_after` comes again until its row moves on.
    """

    kind: str
    doc: str
    active_states: frozenset[StrEnum]
    due: Due
    basis: str
    command: TimerCommand | None = None
    notifies: frozenset[Role] = frozenset()
    repeat_every: timedelta | None = None
    enforced_on_access: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Lifecycle:
    """Everything that can happen to one noun.

    `facts` declares what guards judge, `source` who sees which rows, `orders_of` which orders are locked before a
    row of this noun, usually none. `status_field` is the one column that only the door writes, but for the states
    that are `written_elsewhere`: a deadline's by the engine itself.
    """

    noun: str
    id_prefix: str
    model: type[Model]
    facts: type
    scope: ScopedTable
    states: type[StrEnum]
    start: StrEnum | None
    transitions: tuple[Transition, ...]
    orders_to_lock: OrdersToLock = no_orders
    commands: tuple[Transition, ...] = ()
    reminders: tuple[Timer, ...] = ()
    status_field: str = "status"
    states_set_elsewhere: frozenset[StrEnum] = frozenset()
    moves: dict[str, Transition] = field(init=False, repr=False)
    timers: tuple[Timer, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        moves = {move.name: move for move in self.transitions + self.commands}
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "timers", self._due_moves() + self.reminders)

    def event_name(self, move: Transition) -> str:
        """The name a move has everywhere: in events, letters, deadlines and, in camel case, in the API."""
        return f"{self.noun}.{move.name}"

    def _due_moves(self) -> tuple[Timer, ...]:
        return tuple(
            Timer(
                kind=self.event_name(move),
                doc=move.doc,
                active_states=move.from_states,
                due=move.due,
                basis=move.basis,
                command=TimerCommand(noun=self.noun, move=move.name, subject=lambda facts: facts.id),
                enforced_on_access=move.enforced_on_access,
            )
            for move in self.transitions
            if move.due is not None
        )
