"""The filters of the lists of invoices and lines as their addresses write them."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.forms.filters.orders import selectable_years
from portal_views.web.formats import Formats
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject

MEMBER, MEMBER_PREFIX = "member", "mem"
ALL_TAB, ATTENTION_TAB, ARCHIVE_TAB, PROPOSED_TAB = "all", "attention", "archived", "proposed"
READY_TAB, TODAY_TAB = "ready", "today"
INVOICE_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},  # The API leaves out what is archived.
    "held": {"status": {"in": ["ON_HOLD"]}},
    "submit": {"status": {"in": ["READY_TO_SUBMIT"]}},
    "approve": {"status": {"in": ["PENDING_APPROVAL"]}},
    READY_TAB: {"status": {"in": ["READY_TO_PRINT"]}},
    TODAY_TAB: {"status": {"in": ["READY_TO_PRINT"]}},
    "issued": {"status": {"in": ["PRINTED", "POSTED"]}, "archived": False},
    "canceled": {"status": {"in": ["CANCELED"]}},
    ATTENTION_TAB: {"needsAttention": True},
    ARCHIVE_TAB: {"archived": True},
}
# Members see the statuses in plain words: whatever is to become an invoice is a draft.
MEMBER_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},
    "held": INVOICE_TABS["held"],
    READY_TAB: {"status": {"in": ["READY_TO_SUBMIT", "PENDING_APPROVAL", "READY_TO_PRINT"]}},
    "issued": INVOICE_TABS["issued"],
    "canceled": INVOICE_TABS["canceled"],
}
LINE_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},
    "held": {"status": {"in": ["ON_HOLD"]}},
    PROPOSED_TAB: {"status": {"in": ["ON_HOLD"]}, "source": {"in": ["PROPOSAL"]}},
    "open": {"status": {"in": ["CONFIRMED"]}, "composed": False},
    "composed": {"composed": True},
    "canceled": {"status": {"in": ["CANCELED"]}},
}


MAX_SEARCH_LENGTH = 100
LINE_SORTS: Mapping[str, JsonObject] = {
    "newest": {"field": "CREATED_AT", "direction": "DESC"},
    "date": {"field": "INVOICE_ON", "direction": "ASC"},
    "customer": {"field": "CUSTOMER", "direction": "ASC"},
    "net": {"field": "NET", "direction": "DESC"},
}
INVOICE_SORTS: Mapping[str, JsonObject] = {
    "newest": {"field": "CREATED_AT", "direction": "DESC"},
    "due": {"field": "DUE_ON", "direction": "ASC"},
    "gross": {"field": "GROSS", "direction": "DESC"},
    "number": {"field": "NUMBER", "direction": "ASC"},
}


@dataclass(frozen=True, kw_only=True)
class BillingListFilter:
    """The filter as the page shows it, and as the API's `where`."""

    tab: str
    where: JsonObject

    @property
    def restricts_something(self) -> bool:
        """Whether anything is left out."""
        return bool(self.where)


@dataclass(frozen=True, kw_only=True)
class SortedListFilter(BillingListFilter):
    """The same with a year, a text to search for and a member, and how the list is sorted."""

    year: int | None
    search: str
    member: str
    sort: str
    sorts: Mapping[str, JsonObject]

    @property
    def order_by(self) -> JsonObject:
        """The order as the API takes it."""
        return self.sorts[self.sort]


def invoice_list_filter(query: QueryParams, formats: Formats) -> SortedListFilter:
    """The filter that a query asks for in the list of invoices."""
    return invoice_filter_of(query, formats, INVOICE_TABS)


def invoice_filter_of(query: QueryParams, formats: Formats, tabs: Mapping[str, JsonObject]) -> SortedListFilter:
    """The filter within these tabs; unknown tabs, years and orders are ignored."""
    return _sorted_filter(query, formats, tabs, INVOICE_SORTS)


def line_list_filter(query: QueryParams, formats: Formats) -> SortedListFilter:
    """The filter that a query asks for in the list of lines."""
    return _sorted_filter(query, formats, LINE_TABS, LINE_SORTS)


def _sorted_filter(
    query: QueryParams, formats: Formats, tabs: Mapping[str, JsonObject], sorts: Mapping[str, JsonObject]
) -> SortedListFilter:
    by_tab = filter_of_tab(query, tabs)
    year = int(query["year"]) if query.get("year") in {str(known) for known in selectable_years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    due = {"invoiceOn": {"lte": formats.today().isoformat()}} if by_tab.tab == TODAY_TAB else {}
    member = query.get(MEMBER, "") if is_id_of(MEMBER_PREFIX, query.get(MEMBER, "")) else ""
    given = {"year": year, "search": search, MEMBER: {"eq": member} if member else None}
    sort = query.get("sort", "")
    return SortedListFilter(
        tab=by_tab.tab,
        where={**by_tab.where, **due, **{name: value for name, value in given.items() if value}},
        year=year,
        search=search,
        member=member,
        sort=sort if sort in sorts else next(iter(sorts)),
        sorts=sorts,
    )


def filter_of_tab(query: QueryParams, tabs: Mapping[str, JsonObject]) -> BillingListFilter:
    """The filter of the tab that a query names; unknown ones are ignored."""
    named = query.get("tab", "")
    tab = named if named in tabs else ALL_TAB
    return BillingListFilter(tab=tab, where=tabs[tab])
