"""A lifecycle as one literal value: its moves, commands and timers, and everything that is derived from them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.access.model import LinkPurpose
from domain.access.scoped_table import ScopedTable
from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.kernel.base_model import Model
from domain.kernel.errors import Refusal

Guard = Callable[[Any, EvaluationContext], Refusal | None]
Validator = Callable[[Any, Any, EvaluationContext], Refusal | None]
Due = Callable[[Any, EvaluationContext], datetime | None]
OrdersToLock = Callable[[BaseDBAsyncClient, Any], Awaitable[list[UUID]]]

ALL_BUT_CUSTOMERS = frozenset({Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN})
EVERYONE = ALL_BUT_CUSTOMERS | {Role.CUSTOMER}


class ActionWeight(StrEnum):
    """How much a move stands out among those that are open."""

    PRIMARY = "PRIMARY"
    NORMAL = "NORMAL"
    DANGER = "DANGER"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A state to move to that depends on facts: a pure choice among declared states."""

    states: frozenset[StrEnum]
    choose: Callable[[Any, EvaluationContext], StrEnum]


@dataclass(frozen=True, kw_only=True)
class DerivedState:
    """A state among declared ones that follows from the row as the effect of the move has left it."""

    states: frozenset[StrEnum]
    derive: Callable[[Any], StrEnum]


@dataclass(frozen=True, kw_only=True, eq=False)
class Transition:
    """One move (or command, which leaves the state): everything about it, and nothing about it anywhere else.

    `guards` evaluate facts and context alike for the open actions and for the move; `validators` check the input.
    `effect` changes the row and may be a coroutine; the engine saves the row. `late_refusal` explains a missed
    deadline where the state alone would only say that the move is not possible; `is_satisfied` recognises that the
    outcome is what the caller wants. `notifies` are the roles that read the message of the same name,
    `link_purpose` is the purpose of the link in the customer's message; with `accepts_used_link` the move can be made
    through a link that was used for its answer, and with `by_reply_link` through a reply link. `enforced_on_access`
    marks moves of the clock that are made before a late caller is evaluated.

    `joint_effect` comes before the effects and is given all moves of this transition that are made together, so that
    what it reads costs one statement for all; of a move that creates, it sets `row`.

    `handler` is for moves that are made of many rows at once as well: one statement that writes row, event and
    messages, in place of `effect` and of what the engine would record.

    A move that `creates` a row is evaluated on a row of `parent_noun` (its `from_states` are that noun's) or stands
    alone; its `effect` returns the new row, and `orders_to_lock` finds in the input the orders to lock.

    A move that is also made `in_bulk` has a mutation on many rows, which `domain/bulk` derives from it.
    One that `deletes` its row leaves it to no reader, so that its answer names the identifier.
    `affected_orders` is SQL that selects, for the row `{id}`, the orders that this move changes beside its row; they
    are locked before it, like those of the lifecycle.
    """

    name: str
    doc: str
    roles: frozenset[Role]
    weight: ActionWeight = ActionWeight.NORMAL
    from_states: frozenset[StrEnum] = frozenset()
    to_state: StrEnum | Choice | DerivedState | None = None
    input: type | None = None
    guards: tuple[Guard, ...] = ()
    validators: tuple[Validator, ...] = ()
    effect: Callable[[Any], Any] | None = None
    joint_effect: Callable[[Sequence[Any]], Awaitable[None]] | None = None
    handler: Callable[[Any], Awaitable[None]] | None = None
    notifies: frozenset[Role] = frozenset()
    link_purpose: LinkPurpose | None = None
    accepts_used_link: bool = False
    by_reply_link: bool = False
    audience: frozenset[Role] = ALL_BUT_CUSTOMERS
    due: Due | None = None
    basis: str = ""
    open_until: Due | None = None
    late_refusal: Guard | None = None
    is_satisfied: Callable[[Any], bool] | None = None
    enforced_on_access: bool = False
    creates: bool = False
    deletes: bool = False
    parent_noun: str = ""
    orders_to_lock: OrdersToLock | None = None
    affected_orders: str = ""
    increments_version: bool = True
    in_bulk: bool = False

    @property
    def to_states(self) -> frozenset[StrEnum]:
        """The states this move may lead to; empty when the row stays where it is."""
        if self.to_state is None:
            return frozenset()
        return self.to_state.states if isinstance(self.to_state, Choice | DerivedState) else frozenset({self.to_state})


@dataclass(frozen=True, kw_only=True)
class TimerCommand:
    """The command that a timer executes when it fires: a move of this or another noun.

    With `moves_its_row` it moves the row of the deadline itself, without input, so that many can be fired together.
    """

    noun: str
    move: str
    subject: Callable[[Any], UUID | None]
    input: Callable[[Any], Any] = lambda facts: None
    moves_its_row: bool = False


@dataclass(frozen=True, kw_only=True)
class Timer:
    """An instant computed from facts. When it comes, a command is executed or a reminder is sent.

    `due` returns the instant or nothing; while the row is in one of `active_states` the deadline row follows it.
    A reminder with `repeat_every` is sent again until its row moves on.
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

    `facts` declares what guards evaluate, `scope` which rows exist for whom, and `read_scope`, where these are fewer,
    which rows answers show. `orders_to_lock` is SQL that selects, for
    the row `{id}`, the orders that are locked before it, usually none; `rows_to_lock` selects and locks what else
    comes before the rows of `wanted`. The root noun is the one whose rows are locked first: rows of
    other nouns belong to one of its rows by their `order_id`. `link_column` is the column by which a
    mailed link is bound to a row of this noun, beside its order. Only the engine writes `status_field`, but for the
    states that are `states_set_elsewhere`.
    """

    noun: str
    id_prefix: str
    model: type[Model]
    facts: type
    scope: ScopedTable
    states: type[StrEnum]
    start: StrEnum | None
    transitions: tuple[Transition, ...]
    orders_to_lock: str = ""
    rows_to_lock: str = ""
    commands: tuple[Transition, ...] = ()
    reminders: tuple[Timer, ...] = ()
    status_field: str = "status"
    states_set_elsewhere: frozenset[StrEnum] = frozenset()
    read_scope: ScopedTable | None = None
    is_root: bool = False
    link_column: str = ""
    moves: dict[str, Transition] = field(init=False, repr=False)
    timers: tuple[Timer, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        moves = {move.name: move for move in self.transitions + self.commands}
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "timers", self._due_moves() + self.reminders)

    def event_name(self, move: Transition) -> str:
        """The name of a move everywhere: in events, messages, deadlines and, in camel case, in the API."""
        return f"{self.noun}.{move.name}"

    def order_id_of(self, row: Any) -> UUID | None:
        """The row of the root noun that a row belongs to; a row of the root belongs to itself."""
        order_id: UUID | None = row.id if self.is_root else getattr(row, "order_id", None)
        return order_id

    def with_command(self, command: Transition, *, after: str) -> "Lifecycle":
        """The same lifecycle with one more command, listed after another one."""
        place = [each.name for each in self.commands].index(after) + 1
        return replace(self, commands=(*self.commands[:place], command, *self.commands[place:]))

    def _due_moves(self) -> tuple[Timer, ...]:
        return tuple(
            Timer(
                kind=self.event_name(move),
                doc=move.doc,
                active_states=move.from_states,
                due=move.due,
                basis=move.basis,
                command=TimerCommand(
                    noun=self.noun, move=move.name, subject=lambda facts: facts.id, moves_its_row=True
                ),
                enforced_on_access=move.enforced_on_access,
            )
            for move in self.transitions
            if move.due is not None
        )
