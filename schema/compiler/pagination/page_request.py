"""The requested page of a list: its size, its bounds, its filter and its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.compiler.errors import InvalidArgument
from schema.compiler.statement import Names, Statement
from schema.declarations.arguments import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, PAGE_SIZE_MESSAGE
from schema.declarations.ordering import SortDirection
from schema.declarations.types import Ordering, SortKey


@dataclass(frozen=True)
class SortTerm:
    """One sort key and its direction."""

    key: SortKey
    name: str
    descending: bool

    @property
    def is_id(self) -> bool:
        """True when the key is the id itself, which has no ties."""
        return self.key.sql == "{t}.id"


@dataclass(frozen=True)
class SortOrder:
    """The order of a list by one key after another; ties go by id, in the direction of the last."""

    terms: Sequence[SortTerm]

    @property
    def needs_tie_break(self) -> bool:
        """False when the id itself is among the keys."""
        return not self.terms[-1].is_id

    @property
    def cursor_name(self) -> str:
        """The name that cursors carry; they fit lists of the same keys and directions only."""
        return ",".join(f"{'-' if term.descending else ''}{term.name}" for term in self.terms)

    @property
    def sql_types(self) -> Sequence[str]:
        """The SQL types of the keys a cursor holds."""
        own = ["uuid" if term.is_id else term.key.sql_type for term in self.terms]
        return [*own, "uuid"] if self.needs_tie_break else own

    @property
    def directions(self) -> Sequence[bool]:
        """Whether each key descends, the tie-break last."""
        own = [term.descending for term in self.terms]
        return [*own, own[-1]] if self.needs_tie_break else own

    def keys(self, statement: Statement, names: Names) -> list[str]:
        """The expressions that sort, the tie-break last."""
        identity = f"{names['t']}.id"
        own = [
            identity if term.is_id else statement.render(term.key.sql, _names_of_term(place, names))
            for place, term in enumerate(self.terms)
        ]
        return [*own, identity] if self.needs_tie_break else own

    def joins(self, statement: Statement, names: Names) -> str:
        """The joins with the rows of other tables that sort, each after a blank."""
        return "".join(
            f" JOIN {statement.render(term.key.join, _names_of_term(place, names))}"
            for place, term in enumerate(self.terms)
            if term.key.join
        )


def _names_of_term(place: int, names: Names) -> Names:
    """The names of a row, and that of the row that one of its sort keys joins."""
    return {**names, "joined": f"{names['t']}_{place}"}


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
    after, before = arguments.get("after"), arguments.get("before")
    if first is not None and last is not None:
        raise InvalidArgument("A list takes either `first` or `last`.")
    backward = first is None and (last is not None or (before is not None and after is None))
    size = last if first is None else first
    if size is not None and not 0 <= size <= MAX_PAGE_SIZE:
        raise InvalidArgument(PAGE_SIZE_MESSAGE)
    return PageRequest(
        size=DEFAULT_PAGE_SIZE if size is None else size,
        backward=backward,
        after=after,
        before=before,
        where=arguments.get("where"),
        order=_sort_order(sorts, arguments.get("orderBy")),
    )


def _sort_order(sorts: Ordering, order_by: Sequence[Mapping[str, Any]] | None) -> SortOrder:
    """The keys in the order given; a key that stands twice counts once, and none counts after the id."""
    terms: dict[str, SortTerm] = {}
    for each in order_by or ():
        name = each["field"].name
        term = SortTerm(sorts.keys[name], name, each["direction"] is SortDirection.DESC)
        terms.setdefault(name, term)
        if term.is_id:
            break
    return SortOrder(tuple(terms.values()) or (SortTerm(sorts.keys[sorts.default], sorts.default, sorts.descending),))
