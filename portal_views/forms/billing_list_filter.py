"""The filters of the lists of invoices and lines as their addresses write them: a tab; of invoices also more."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.forms.order_list_filter import selectable_years
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

ALL_TAB, ATTENTION_TAB, ARCHIVE_TAB, PROPOSED_TAB = "all", "attention", "archived", "proposed"
INVOICE_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},  # The API leaves out what is archived.
    "held": {"status": {"in": ["ON_HOLD"]}},
    "waiting": {"status": {"in": ["READY_TO_SUBMIT", "PENDING_APPROVAL"]}},
    "ready": {"status": {"in": ["READY_TO_PRINT"]}},
    "issued": {"status": {"in": ["PRINTED", "POSTED"]}, "archived": False},
    "canceled": {"status": {"in": ["CANCELED"]}},
    ATTENTION_TAB: {"needsAttention": True},
    ARCHIVE_TAB: {"archived": True},
}
TABS_OF_FINANCE = frozenset({ATTENTION_TAB, ARCHIVE_TAB})
MEMBER_TABS: Mapping[str, JsonObject] = {
    name: where for name, where in INVOICE_TABS.items() if name not in TABS_OF_FINANCE
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
class InvoiceListFilter(BillingListFilter):
    """The same with a year and a text to search for, and how the list is sorted."""

    year: int | None
    search: str
    sort: str

    @property
    def order_by(self) -> JsonObject:
        """The order as the API takes it."""
        return INVOICE_SORTS[self.sort]


def invoice_list_filter(query: QueryParams, formats: Formats) -> InvoiceListFilter:
    """The filter that a query asks for in the list of invoices."""
    return invoice_filter_of(query, formats, INVOICE_TABS)


def invoice_filter_of(query: QueryParams, formats: Formats, tabs: Mapping[str, JsonObject]) -> InvoiceListFilter:
    """The filter within these tabs; unknown tabs, years and orders are ignored."""
    by_tab = filter_of_tab(query, tabs)
    year = int(query["year"]) if query.get("year") in {str(known) for known in selectable_years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
    where = {**by_tab.where, **({"year": year} if year else {}), **({"search": search} if search else {})}
    sort = query.get("sort", "")
    return InvoiceListFilter(
        tab=by_tab.tab,
        where=where,
        year=year,
        search=search,
        sort=sort if sort in INVOICE_SORTS else next(iter(INVOICE_SORTS)),
    )


def line_list_filter(query: QueryParams, _formats: Formats) -> BillingListFilter:
    """The filter that a query asks for in the list of lines."""
    return filter_of_tab(query, LINE_TABS)


def filter_of_tab(query: QueryParams, tabs: Mapping[str, JsonObject]) -> BillingListFilter:
    """The filter of the tab that a query names; unknown ones are ignored."""
    named = query.get("tab", "")
    tab = named if named in tabs else ALL_TAB
    return BillingListFilter(tab=tab, where=tabs[tab])
