"""The filters of the lists of invoices and lines as their addresses write them: a tab."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

ALL_TAB, ATTENTION_TAB, PROPOSED_TAB = "all", "attention", "proposed"
INVOICE_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},
    "held": {"status": {"in": ["ON_HOLD"]}},
    "waiting": {"status": {"in": ["READY_TO_SUBMIT", "PENDING_APPROVAL"]}},
    "ready": {"status": {"in": ["READY_TO_PRINT"]}},
    "issued": {"status": {"in": ["PRINTED", "POSTED"]}},
    "canceled": {"status": {"in": ["CANCELED"]}},
    ATTENTION_TAB: {"needsAttention": True},
}
MEMBER_TABS: Mapping[str, JsonObject] = {name: where for name, where in INVOICE_TABS.items() if name != ATTENTION_TAB}
LINE_TABS: Mapping[str, JsonObject] = {
    ALL_TAB: {},
    "held": {"status": {"in": ["ON_HOLD"]}},
    PROPOSED_TAB: {"status": {"in": ["ON_HOLD"]}, "source": {"in": ["PROPOSAL"]}},
    "open": {"status": {"in": ["CONFIRMED"]}, "composed": False},
    "composed": {"composed": True},
    "canceled": {"status": {"in": ["CANCELED"]}},
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


def invoice_list_filter(query: QueryParams, _formats: Formats) -> BillingListFilter:
    """The filter that a query asks for in the list of invoices."""
    return filter_of_tab(query, INVOICE_TABS)


def line_list_filter(query: QueryParams, _formats: Formats) -> BillingListFilter:
    """The filter that a query asks for in the list of lines."""
    return filter_of_tab(query, LINE_TABS)


def filter_of_tab(query: QueryParams, tabs: Mapping[str, JsonObject]) -> BillingListFilter:
    """The filter of the tab that a query names; unknown ones are ignored."""
    named = query.get("tab", "")
    tab = named if named in tabs else ALL_TAB
    return BillingListFilter(tab=tab, where=tabs[tab])
