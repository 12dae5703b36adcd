"""The declarations of a field's value, as plain values that the compiler reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from domain.access.scoped_table import ScopedTable
from domain.kernel.actors import ActorKind

ActorKinds = frozenset[ActorKind]
# Larger lists are only said to be larger where their size is shown.
MOST_COUNTED = 10_000
Computation = Callable[[Any, Mapping[str, Any], Any], Any]


def number_up_to_bound(rows: str) -> str:
    """SQL for the number of rows that a SELECT has, of which no more are read than the bound and one."""
    return f"(SELECT count(*) FROM ({rows} LIMIT {MOST_COUNTED + 1}) one)"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """The part that all declarations share; `only_for` names the kinds of actors that get the value, None means all."""

    only_for: ActorKinds | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Declaration):
    """One expression over the row; without one, the column named like the attribute.

    For rows reached from a row `{p}` of a source in `sql_by_parent`, the expression there is used instead.
    """

    sql: str | None = None
    id_prefix: str | None = None
    sql_by_parent: Mapping[ScopedTable, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ToOne(Declaration):
    """At most one row of another source."""

    source: ScopedTable
    on: str
    order: str | None = None


@dataclass(frozen=True, kw_only=True)
class ToMany(Declaration):
    """All rows of another source that belong to this one, never more than `limit`; `through` is a table of pairs.

    `size` is SQL for a smaller number of rows, `first` a condition for rows that come before all others.
    """

    source: ScopedTable
    on: str
    order: str
    limit: int
    through: str | None = None
    size: str | None = None
    first: str | None = None


@dataclass(frozen=True)
class SortKey:
    """A sort expression that is never null, and the SQL type its text in a cursor is read as.

    It may be one over `{joined}`, a row of another table that every row has exactly one of: `join` says which.
    """

    sql: str
    sql_type: str
    description: str
    join: str = ""


@dataclass(frozen=True)
class Ordering:
    """The orders of a connection; `keys` by the name of the enum's member."""

    keys: Mapping[str, SortKey]
    default: str
    descending: bool
    input_type: type
    field_enum: type[Enum]


@dataclass(frozen=True, kw_only=True)
class Connection(Declaration):
    """Pages of rows of another source; `default_filter` holds unless a `where` sets conditions.

    `sums` are the columns of its groups, the first of which names a group; for connections that have sums.
    """

    source: ScopedTable
    on: str
    filters: type | None
    sorts: Ordering
    default_filter: str | None = None
    sums: str | None = None


@dataclass(frozen=True, kw_only=True)
class Embedded(Declaration):
    """An object made of the same row; its parts are expressions its fields may use by name.

    So are its `arguments`, which the rows directly below it may use, too: their SQL types by name.
    """

    parts: Mapping[str, str]
    when: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Computed(Declaration):
    """A value computed in Python from facts that the same statement selects.

    Only rows for which the condition `when` holds are computed; the value of all others is the JSON text `otherwise`.
    """

    facts: type | None
    function: Computation
    when: str | None = None
    otherwise: str = "null"


@dataclass(frozen=True, kw_only=True)
class Lookup(Declaration):
    """One row found by an argument; `redirect` is SQL over the `{value}` that names the row found in its place."""

    source: ScopedTable
    column_name: str
    argument: str
    id_prefix: str | None
    sql_type: str
    redirect: str = "{value}"


@dataclass(frozen=True, kw_only=True)
class LoadedById(Declaration):
    """One row whose id an ordinary payload carries in the attribute `id_attribute`."""

    source: ScopedTable
    id_attribute: str


@dataclass(frozen=True, kw_only=True)
class ConnectionField(Declaration):
    """A field of a connection, an edge or the page info, whose value the connection itself compiles."""


@dataclass(frozen=True)
class Filter:
    """The comparison of a `where` field: an expression, or a whole condition over `{value}`.

    `enclosing_condition` surrounds the `{comparison}`, for values of other tables. `only_for` names the kinds of actors
    that may use the filter; for all others no row matches. `implications` are conditions that hold for all rows with a
    value.
    """

    sql: str | None = None
    id_prefix: str | None = None
    index_prefix: bool = field(default=False)
    enclosing_condition: str | None = None
    only_for: ActorKinds | None = None
    implications: Mapping[Enum, str] = field(default_factory=dict)

    @property
    def is_condition(self) -> bool:
        """Whether the SQL is a whole condition and not an expression to compare."""
        return self.sql is not None and "{value}" in self.sql


@dataclass(frozen=True)
class FilteredList:
    """A list as a connection declares it: its rows, its filters, and its orders."""

    source: ScopedTable
    filters: type
    sorts: Ordering
