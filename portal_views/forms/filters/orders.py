"""The filter of the order list as its address writes it: tab, year, search text, lateness and flaws of the status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import QueryParams

from portal_views.forms.filters.board import LATENESS
from portal_views.forms.list_sorting import SortColumn
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

STATUS_TABS: Mapping[str, str] = {
    "active": "ACTIVE",
    "in-review": "IN_REVIEW",
    "awaiting-customer": "AWAITING_CUSTOMER",
    "cancellation-review": "CANCELLATION_REVIEW",
    "rejected": "REJECTED",
    "completed": "COMPLETED",
    "drafts": "DRAFT",
    "canceled": "CANCELED",
}
ALL_TAB, ARCHIVE_TAB = "all", "archived"
TABS = (*STATUS_TABS, ALL_TAB, ARCHIVE_TAB)
SORT_COLUMNS: Mapping[str, SortColumn] = {
    "date": SortColumn(field="CREATED_AT", descends_first=True),
    "number": SortColumn(field="NUMBER"),
    "project": SortColumn(field="PROJECT"),
    "net": SortColumn(field="NET", descends_first=True),
    "due": SortColumn(field="DELIVERY_DUE"),
    "told": SortColumn(field="CLIENT_STATUS_CHANGED"),
    "status": SortColumn(field="STATUS"),
    "waiting": SortColumn(field="WAITING_SINCE"),
}
# What can be wrong with the status that clients are told; each is a switch of the API.
STATUS_FLAWS = ("contradicts", "stale")
FIRST_YEAR = 2020
MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True, kw_only=True)
class OrderListFilter:
    """The filter as the page shows it; `shared` is the part of the API's `where` that all tabs have in common."""

    tab: str
    year: int | None
    search: str
    lateness: str
    flaw: str
    shared: JsonObject

    @property
    def where(self) -> JsonObject:
        """The filter as the API's `where`."""
        status = {"status": {"eq": STATUS_TABS[self.tab]}} if self.tab in STATUS_TABS else {}
        return {"archived": self.tab == ARCHIVE_TAB} | status | self.shared

    @property
    def restricts_something(self) -> bool:
        """Whether any order is left out that is not archived."""
        return self.tab != ALL_TAB or bool(self.shared)


def order_list_filter(query: QueryParams, formats: Formats) -> OrderListFilter:
    """The filter that a query asks for; unknown tabs and years are ignored."""
    tab = query.get("tab", "active") if query.get("tab") in TABS else "active"
    year = int(query["year"]) if query.get("year") in {str(known) for known in selectable_years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    lateness = query.get("late", "") if query.get("late") in LATENESS else ""
    flaw = query.get("told", "") if query.get("told") in STATUS_FLAWS else ""
    shared: JsonObject = {}
    if year:
        shared["createdAt"] = {"gte": _start_of_year(year, formats), "lt": _start_of_year(year + 1, formats)}
    if search:
        shared["search"] = search
    if lateness:
        shared["lateness"] = LATENESS[lateness]
    if flaw:
        shared[flaw] = True
    return OrderListFilter(tab=tab, year=year, search=search, lateness=lateness, flaw=flaw, shared=shared)


def selectable_years(formats: Formats) -> range:
    """The current year and those before it, back to the first year with orders."""
    return range(formats.today().year, FIRST_YEAR - 1, -1)


def _start_of_year(year: int, formats: Formats) -> str:
    return datetime(year, 1, 1, tzinfo=formats.zone).isoformat()


def count_alias(tab: str) -> str:
    """The alias under which the document of the list counts a tab: inReview for in-review."""
    first, *rest = tab.split("-")
    return first + "".join(map(str.capitalize, rest))
