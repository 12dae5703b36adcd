"""The search and the order of a list of people as its address writes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.forms.lookups import search_text
from portal_views.web.page_context import JsonObject

Sorts = Mapping[str, tuple[str, str]]
BY_NAME, BY_NUMBER, BY_CITY = ("NAME", "ASC"), ("NUMBER", "ASC"), ("CITY", "ASC")
BY_EMAIL, NEWEST = ("EMAIL", "ASC"), ("CREATED_AT", "DESC")


@dataclass(frozen=True, kw_only=True)
class ListSearch:
    """What is searched for, and how what is found is sorted: one of `sorts`, the first of which is the usual one."""

    search: str
    sort: str
    sorts: Sorts

    @property
    def where(self) -> JsonObject:
        """The search as part of the API's `where`."""
        return {"search": self.search} if self.search else {}

    @property
    def order_by(self) -> JsonObject:
        """The order as the API takes it."""
        field, direction = self.sorts[self.sort]
        return {"field": field, "direction": direction}


def list_search(query: QueryParams, sorts: Sorts) -> ListSearch:
    """The search that a query asks for; an unknown order is ignored."""
    sort = query.get("sort", "")
    known = sort if sort in sorts else next(iter(sorts))
    return ListSearch(search=search_text(query.get("search", "")), sort=known, sorts=sorts)
