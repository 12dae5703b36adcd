"""The rows of one page: a single scan by keyset, each row carrying the texts the page is joined from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schema.compiled.conditions import Conditions
from schema.compiled.cursors import cursor_sql, read_cursor
from schema.compiled.page_request import PageRequest
from schema.compiled.statement import Inputs, Parameter, Statement

ROWS = "s"


@dataclass
class Scan:
    """Collects what the joined text needs of each row; `counts_on` reads one row more than the page holds."""

    request: PageRequest
    counts_on: bool
    columns: list[str] = field(default_factory=list)
    is_numbered: bool = False

    def column(self, sql: str) -> str:
        """Have each row carry an expression; returns the name it has outside."""
        if sql not in self.columns:
            self.columns.append(sql)
        return f"{ROWS}.c{self.columns.index(sql) + 1}"

    def joined(self, sql: str) -> str:
        """The texts of all rows in the order of the list."""
        order = f" ORDER BY {self._number} DESC" if self.request.backward else ""
        return f"string_agg({self.column(sql)}, ','{order}){self._within}"

    def at_end(self, sql: str, *, last: bool) -> str:
        """The text of the first or the last item of the page, NULL on an empty one.

        Forwards no aggregate has an order of its own: PostgreSQL would sort the rows for it, and all the others
        would then be joined in that order.
        """
        if self.request.backward:
            direction = "" if last else " DESC"
            return f"(array_agg({self.column(sql)} ORDER BY {self._number}{direction}){self._within})[1]"
        place = f"least(count(*), {self.request.size})::int" if last else "1"
        return f"(array_agg({self.column(sql)}){self._within})[{place}]"

    @property
    def goes_on(self) -> str:
        """Whether there was one row more."""
        self.column("1")
        return f"(count(*) > {self.request.size})::text"

    @property
    def _within(self) -> str:
        return f" FILTER (WHERE {self._number} <= {self.request.size})" if self.counts_on else ""

    @property
    def _number(self) -> str:
        """The place of a row in the order of the scan."""
        self.is_numbered = True
        return f"{ROWS}.n"

    def rows(self, source: str, visible: str, keys: Sequence[str], bounds: Sequence[str]) -> str:
        """The table expression of the scan."""
        descending = self.request.order.descending != self.request.backward
        order = ", ".join(f"{key}{' DESC' if descending else ''}" for key in keys)
        columns = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(self.columns, 1))
        limit = self.request.size + (1 if self.counts_on else 0)
        condition = " AND ".join([visible, *bounds])
        rows = f"SELECT {columns} FROM {source} WHERE {condition} ORDER BY {order} LIMIT {limit}"
        numbered = f"SELECT i.*, row_number() OVER () AS n FROM ({rows}) i"
        return f"({numbered if self.is_numbered else rows}) {ROWS}"


@dataclass(frozen=True)
class Keyset:
    """The sort keys of a list and where its cursors point; `lead` is a key that equals one value throughout."""

    statement: Statement
    call: int
    request: PageRequest
    own_keys: Sequence[str]

    @property
    def cursor(self) -> str:
        """An expression for the cursor of a row."""
        return cursor_sql(self.request.order.cursor_name, self.own_keys)

    def keys(self, found: Conditions) -> list[str]:
        """What the list is sorted by, the lead first so that one index serves both."""
        return list(self.own_keys) if found.lead is None else [found.lead[0], *self.own_keys]

    def bounds(self, found: Conditions) -> list[str]:
        """Row comparisons for `after` and `before`."""
        lead = [] if found.lead is None else [found.lead[1]]
        descending, keys = self.request.order.descending, self.keys(found)
        bounds = []
        if self.request.after is not None:
            bounds.append(_beyond(keys, lead + self._place("after"), "<" if descending else ">"))
        if self.request.before is not None:
            bounds.append(_beyond(keys, lead + self._place("before"), ">" if descending else "<"))
        return bounds

    def _place(self, argument: str) -> list[str]:
        return [
            f"{self.statement.bind((self.call, argument, place), self._key(argument, place), 'text')}::{sql_type}"
            for place, sql_type in enumerate(self.request.order.sql_types)
        ]

    def _key(self, argument: str, place: int) -> Parameter:
        order, call = self.request.order, self.call

        def read(inputs: Inputs) -> str:
            return read_cursor(inputs.arguments[call][argument], order.cursor_name, order.sql_types)[place]

        return read


def _beyond(keys: Sequence[str], place: Sequence[str], sign: str) -> str:
    if len(keys) == 1:
        return f"{keys[0]} {sign} {place[0]}"
    return f"({', '.join(keys)}) {sign} ({', '.join(place)})"
