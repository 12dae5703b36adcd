"""Which page of a list a request asks for, and in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.compiled.declarations import Ordering, SortKey
from schema.compiled.errors import BadArgument
from schema.compiled.ordering import SortDirection
from schema.compiled.statement import Names, Statement

LARGEST_PAGE = 100
BAD_SIZE = f"`first` and `last` are between 0 and {LARGEST_PAGE}."


@dataclass(frozen=True)
class Order:
    """How a list is sorted; ties go by id, in the same direction."""

    key: SortKey
    name: str
    descending: bool

    @property
    def by_id_alone(self) -> bool:
        """True when the key is the id itself and needs no tie-break."""
        return self.key.sql == "{t}.id"

    @property
    def cursor_name(self) -> str:
        """What cursors carry: they fit lists of the same key and direction only."""
        return f"{'-' if self.descending else ''}{self.name}"

    @property
    def sql_types(self) -> Sequence[str]:
        """The SQL types of the keys a cursor holds."""
        return ["uuid"] if self.by_id_alone else [self.key.sql_type, "uuid"]

    def keys(self, statement: Statement, names: Names) -> list[str]:
        """The expressions that sort, the tie-break last."""
        identity = f"{names['t']}.id"
        return [identity] if self.by_id_alone else [statement.render(self.key.sql, names), identity]


@dataclass(frozen=True)
class PageRequest:
    """The arguments of one connection, judged."""

    size: int
    backward: bool
    after: str | None
    before: str | None
    where: Mapping[str, Any] | None
    order: Order


def judged(sorts: Ordering, arguments: Mapping[str, Any]) -> PageRequest:
    """Read the arguments of a connection; `BadArgument` when they name no page."""
    first, last = arguments.get("first"), arguments.get("last")
    size = last if first is None else first
    if size is None or (first is not None and last is not None):
        raise BadArgument("A list needs either `first` or `last`.")
    if not 0 <= size <= LARGEST_PAGE:
        raise BadArgument(BAD_SIZE)
    return PageRequest(
        size=size,
        backward=first is None,
        after=arguments.get("after"),
        before=arguments.get("before"),
        where=arguments.get("where"),
        order=_order(sorts, arguments.get("orderBy")),
    )


def _order(sorts: Ordering, asked: Mapping[str, Any] | None) -> Order:
    if asked is None:
        return Order(sorts.keys[sorts.default], sorts.default, sorts.descending)
    name = asked["field"].name
    return Order(sorts.keys[name], name, asked["direction"] is SortDirection.DESC)
