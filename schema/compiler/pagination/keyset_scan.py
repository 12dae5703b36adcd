"""The scan for the rows of one page by keyset, and the expressions over these rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schema.compiler.conditions import Conditions
from schema.compiler.pagination.cursors import cursor_sql, read_cursor
from schema.compiler.pagination.page_request import PageRequest
from schema.compiler.statement import Parameter, RequestInputs, Statement

ROWS = "s"


@dataclass
class KeysetScan:
    """Collects the expressions that each row carries; `reads_extra_row` reads one row more than the page holds."""

    request: PageRequest
    reads_extra_row: bool
    columns: list[str] = field(default_factory=list)
    is_numbered: bool = False

    def column(self, sql: str) -> str:
        """Have each row carry an expression; returns its name outside the scan."""
        if sql not in self.columns:
            self.columns.append(sql)
        return f"{ROWS}.c{self.columns.index(sql) + 1}"

    def aggregate(self, sql: str) -> str:
        """The texts of all rows in the order of the list."""
        order = f" ORDER BY {self._row_number} DESC" if self.request.backward else ""
        return f"string_agg({self.column(sql)}, ','{order}){self._page_filter}"

    def page_end_value(self, sql: str, *, last: bool) -> str:
        """The text of the first or the last item of the page, NULL on an empty one.

        Forwards no aggregate has an order of its own: PostgreSQL would sort the rows for it, and all the others
        would then be joined in that order.
        """
        if self.request.backward:
            direction = "" if last else " DESC"
            return f"(array_agg({self.column(sql)} ORDER BY {self._row_number}{direction}){self._page_filter})[1]"
        place = f"least(count(*), {self.request.size})::int" if last else "1"
        return f"(array_agg({self.column(sql)}){self._page_filter})[{place}]"

    @property
    def has_more(self) -> str:
        """Whether there was one row more."""
        self.column("1")
        return f"(count(*) > {self.request.size})::text"

    @property
    def _page_filter(self) -> str:
        return f" FILTER (WHERE {self._row_number} <= {self.request.size})" if self.reads_extra_row else ""

    @property
    def _row_number(self) -> str:
        """The place of a row in the order of the scan."""
        self.is_numbered = True
        return f"{ROWS}.n"

    def rows(self, source: str, visible: str, keys: Sequence["OrderedKey"], bounds: Sequence[str]) -> str:
        """The table expression of the scan."""
        backward = self.request.backward
        order = ", ".join(f"{key.sql}{' DESC' if key.descending != backward else ''}" for key in keys)
        columns = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(self.columns, 1))
        limit = self.request.size + (1 if self.reads_extra_row else 0)
        condition = " AND ".join([visible, *bounds])
        rows = f"SELECT {columns} FROM {source} WHERE {condition} ORDER BY {order} LIMIT {limit}"
        numbered = f"SELECT i.*, row_number() OVER () AS n FROM ({rows}) i"
        return f"({numbered if self.is_numbered else rows}) {ROWS}"


@dataclass(frozen=True)
class OrderedKey:
    """A sort expression and its direction in the list."""

    sql: str
    descending: bool

    @property
    def sign(self) -> str:
        """The comparison with a place that holds for rows further on."""
        return "<" if self.descending else ">"


@dataclass(frozen=True)
class Keyset:
    """The sort keys of a list and the bounds that its cursors set."""

    statement: Statement
    call: int
    request: PageRequest
    own_keys: Sequence[str]

    @property
    def cursor(self) -> str:
        """An expression for the cursor of a row."""
        return cursor_sql(self.request.order.cursor_name, self.own_keys)

    def keys(self, found: Conditions) -> list[OrderedKey]:
        """The sort keys, the index prefix first so that one index serves filter and order."""
        directions = self.request.order.directions
        own = [OrderedKey(sql, descending) for sql, descending in zip(self.own_keys, directions, strict=True)]
        return own if found.index_prefix is None else [OrderedKey(found.index_prefix[0], directions[0]), *own]

    def bounds(self, found: Conditions) -> list[str]:
        """The conditions for `after` and `before`."""
        prefix = [] if found.index_prefix is None else [found.index_prefix[1]]
        keys = self.keys(found)
        bounds = []
        if self.request.after is not None:
            bounds.append(rows_after(keys, prefix + self._cursor_parameters("after")))
        if self.request.before is not None:
            reversed_keys = [OrderedKey(key.sql, not key.descending) for key in keys]
            bounds.append(rows_after(reversed_keys, prefix + self._cursor_parameters("before")))
        return bounds

    def _cursor_parameters(self, argument: str) -> list[str]:
        sql_types = self.request.order.sql_types
        return [f"{self._bind_cursor_key(argument, place)}::{sql_type}" for place, sql_type in enumerate(sql_types)]

    def _bind_cursor_key(self, argument: str, place: int) -> str:
        return self.statement.bind((self.call, argument, place), self._cursor_key(argument, place), "text")

    def _cursor_key(self, argument: str, place: int) -> Parameter:
        order, call = self.request.order, self.call

        def read(inputs: RequestInputs) -> str:
            return read_cursor(inputs.arguments[call][argument], order.cursor_name, order.sql_types)[place]

        return read


def rows_after(keys: Sequence[OrderedKey], place: Sequence[str]) -> str:
    """The condition for rows that follow a place in the list.

    Keys of one direction are compared as a row, which an index answers. Of keys of several directions the first bounds
    the scan, and the others decide among its ties.
    """
    if len({key.descending for key in keys}) == 1:
        return _row_comparison([key.sql for key in keys], place, keys[0].sign)
    first, bound = keys[0], place[0]
    further = rows_after(keys[1:], place[1:])
    return f"{first.sql} {first.sign}= {bound} AND ({first.sql} {first.sign} {bound} OR ({further}))"


def _row_comparison(keys: Sequence[str], place: Sequence[str], sign: str) -> str:
    if len(keys) == 1:
        return f"{keys[0]} {sign} {place[0]}"
    return f"({', '.join(keys)}) {sign} ({', '.join(place)})"
