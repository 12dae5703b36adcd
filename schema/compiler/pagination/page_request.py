"""The requested page of a list: its size, its bounds, its filter and its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.compiler.errors import InvalidArgument
from schema.compiler.statement import Names, Statement
from schema.declarations.arguments import MAX_PAGE_SIZE, PAGE_SIZE_MESSAGE
from schema.declarations.ordering import SortDirection
from schema.declarations.types import Ordering, SortKey


@dataclass(frozen=True)
class SortOrder:
    """The order of a list; ties go by id, in the same direction."""

    key: SortKey
    name: str
    descending: bool

    @property
    def sorts_by_id_only(self) -> bool:
        """True when the key is the id itself and needs no tie-break."""
        return self.key.sql == "{t}.id"

    @property
    def cursor_name(self) -> str:
        """The name that cursors carry; they fit lists of the same key and direction only."""
        return f"{'-' if self.descending else ''}{self.name}"

    @property
    def sql_types(self) -> Sequence[str]:
        """The SQL types of the keys a cursor holds."""
        return ["uuid"] if self.sorts_by_id_only else [self.key.sql_type, "uuid"]

    def keys(self, statement: Statement, names: Names) -> list[str]:
        """The expressions that sort, the tie-break last."""
        identity = f"{names['t']}.id"
        return [identity] if self.sorts_by_id_only else [statement.render(self.key.sql, names), identity]


@dataclass(frozen=True)
class PageRequest:
    """The checked arguments of one connection."""

    size: int
    backward: bool
    after: str | None
    before: str | None
    where: Mapping[str, Any] | None
    order: SortOrder


def read_page_request(sorts: Ordering, arguments: Mapping[str, Any]) -> PageRequest:
    """Read the arguments of a connection; `InvalidArgument` when they name no page."""
    first, last = arguments.get("first"), arguments.get("last")
    size = last if first is None else first
    if size is None or (first is not None and last is not None):
        raise InvalidArgument("A list needs either `first` or `last`.")
    if not 0 <= size <= MAX_PAGE_SIZE:
        raise InvalidArgument(PAGE_SIZE_MESSAGE)
    return PageRequest(
        size=size,
        backward=first is None,
        after=arguments.get("after"),
        before=arguments.get("before"),
        where=arguments.get("where"),
        order=_sort_order(sorts, arguments.get("orderBy")),
    )


def _sort_order(sorts: Ordering, order_by: Mapping[str, Any] | None) -> SortOrder:
    if order_by is None:
        return SortOrder(sorts.keys[sorts.default], sorts.default, sorts.descending)
    name = order_by["field"].name
    return SortOrder(sorts.keys[name], name, order_by["direction"] is SortDirection.DESC)
