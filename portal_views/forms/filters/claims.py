"""The filter of the list of claims as its address writes it: a tab and a text to search for."""

from collections.abc import Mapping

from starlette.datastructures import QueryParams

from portal_views.forms.filters.billing import MAX_SEARCH_LENGTH, BillingListFilter
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject

OF_MEMBER: Mapping[str, JsonObject] = {
    "open": {"status": {"in": ["DRAFT", "SUBMITTED", "APPROVED", "IN_PAYMENT"]}},
    "paid": {"status": {"in": ["PAID"]}},
    "ended": {"status": {"in": ["REJECTED", "CANCELED"]}},
    "all": {},
}
OF_FINANCE: Mapping[str, JsonObject] = {
    "to_decide": {"status": {"in": ["SUBMITTED"]}},
    "second_person": {"awaitsSecondPerson": True},
    "to_pay": {"status": {"in": ["APPROVED"]}},
    "in_payment": {"status": {"in": ["IN_PAYMENT"]}},
    **OF_MEMBER,
}


def claim_list_filter(query: QueryParams, _formats: Formats) -> BillingListFilter:
    """The filter that a query asks for in the list of finance."""
    return claim_filter_of(query, OF_FINANCE)


def claim_filter_of(query: QueryParams, tabs: Mapping[str, JsonObject]) -> BillingListFilter:
    """The filter within these tabs; the first one where none is named."""
    named = query.get("tab", "")
    tab = named if named in tabs else next(iter(tabs))
    search = searched_text(query)
    return BillingListFilter(tab=tab, where={**tabs[tab], **({"search": search} if search else {})})


def searched_text(query: QueryParams) -> str:
    """What the address searches for."""
    return query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
