"""The order of a list as its address writes it: a column, with a minus before it where the list descends."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.web.page_context import JsonObject
from portal_views.web.pagination import changed_query


@dataclass(frozen=True, kw_only=True)
class SortColumn:
    """A column that sorts: `field` is the API's; dates and amounts descend at first."""

    field: str
    descends_first: bool = False


@dataclass(frozen=True, kw_only=True)
class ListSorting:
    """The column that sorts a list, and the addresses that sort it by another one."""

    columns: Mapping[str, SortColumn]
    column: str
    is_descending: bool
    query: QueryParams

    @property
    def order_by(self) -> JsonObject:
        """The order as the API takes it."""
        return {"field": self.columns[self.column].field, "direction": "DESC" if self.is_descending else "ASC"}

    @property
    def direction(self) -> str:
        """The value of `aria-sort` at the head of the column."""
        return "descending" if self.is_descending else "ascending"

    @property
    def value(self) -> str:
        """The order as the address writes it."""
        return _written(self.column, self.is_descending)

    @property
    def choices(self) -> list[str]:
        """Every column in its first direction, and the present order, as the address writes them."""
        usual = [_written(name, each.descends_first) for name, each in self.columns.items()]
        return usual if self.value in usual else [self.value, *usual]

    def link(self, column: str) -> str:
        """The query that sorts by a column, from the first page on; the present column turns around."""
        is_present = column == self.column
        descends = not self.is_descending if is_present else self.columns[column].descends_first
        return changed_query(self.query, sort=_written(column, descends))


def list_sorting(query: QueryParams, columns: Mapping[str, SortColumn]) -> ListSorting:
    """The order that a query names; without a known column the first one sorts, in its first direction."""
    written = query.get("sort", "")
    name = written.removeprefix("-")
    if name in columns:
        return ListSorting(columns=columns, column=name, is_descending=written != name, query=query)
    first = next(iter(columns))
    return ListSorting(columns=columns, column=first, is_descending=columns[first].descends_first, query=query)


def _written(column: str, is_descending: bool) -> str:
    return f"-{column}" if is_descending else column
