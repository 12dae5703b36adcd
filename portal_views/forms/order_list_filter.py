"""The filter of the order list as its address writes it: tab, year and search text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import QueryParams

from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

STATUS_TABS: Mapping[str, tuple[str, ...]] = {
    "active": ("ACTIVE",),
    "in-review": ("IN_REVIEW",),
    "awaiting-customer": ("AWAITING_CUSTOMER",),
    "cancellation-review": ("CANCELLATION_REVIEW",),
    "rejected": ("REJECTED",),
    "completed": ("COMPLETED",),
    "drafts": ("DRAFT",),
    "canceled": ("CANCELED",),
}
ALL_TAB, ARCHIVE_TAB = "all", "archived"
LATENESS = ("LATE", "VERY_LATE")
FIRST_YEAR = 2020
MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True, kw_only=True)
class OrderListFilter:
    """The filter as the page shows it, and as the API's `where`."""

    tab: str
    year: int | None
    search: str
    lateness: str
    where: JsonObject

    @property
    def restricts_something(self) -> bool:
        """Whether any order is left out that is not archived."""
        return self.tab != ALL_TAB or self.year is not None or bool(self.search or self.lateness)


def order_list_filter(query: QueryParams, formats: Formats) -> OrderListFilter:
    """The filter that a query asks for; unknown tabs and years are ignored."""
    tab = query.get("tab", "active") if query.get("tab") in {*STATUS_TABS, ALL_TAB, ARCHIVE_TAB} else "active"
    year = int(query["year"]) if query.get("year") in {str(known) for known in selectable_years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    lateness = query.get("late", "") if query.get("late") in LATENESS else ""
    where: JsonObject = {"archived": tab == ARCHIVE_TAB}
    if tab in STATUS_TABS:
        where["status"] = {"in": list(STATUS_TABS[tab])}
    if year:
        where["createdAt"] = {"gte": _start_of_year(year, formats), "lt": _start_of_year(year + 1, formats)}
    if search:
        where["search"] = search
    if lateness:
        where["lateness"] = {"eq": lateness}
    return OrderListFilter(tab=tab, year=year, search=search, lateness=lateness, where=where)


def selectable_years(formats: Formats) -> range:
    """The current year and those before it, back to the first year with orders."""
    return range(formats.today().year, FIRST_YEAR - 1, -1)


def _start_of_year(year: int, formats: Formats) -> str:
    return datetime(year, 1, 1, tzinfo=formats.zone).isoformat()
