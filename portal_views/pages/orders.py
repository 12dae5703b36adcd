"""The list of orders with its tabs, for members and the operator's roles."""

from dataclasses import replace

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.documents.waiting import waiting_in
from portal_views.forms.filters.board import LATENESS
from portal_views.forms.filters.orders import (
    ALL_TAB,
    ARCHIVE_TAB,
    SORT_COLUMNS,
    STATUS_FLAWS,
    STATUS_TABS,
    TABS,
    OrderListFilter,
    count_alias,
    order_list_filter,
    selectable_years,
)
from portal_views.forms.list_sorting import list_sorting
from portal_views.forms.selectable_lists import ORDERS, SelectableList
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.pagination import changed_query
from portal_views.web.roles import ORDER_BULK_ROLES, STAFF_ROLES

REVIEW_TAB = "in-review"


async def order_list(context: PageContext) -> Response:
    """One tab of the orders, sorted by one column, of one year or of all; roles with bulk actions can select them."""
    query = context.request.query_params
    formats = context.formats(await context.query("page_context"))
    found, sorting = order_list_filter(query, formats), list_sorting(query, SORT_COLUMNS)
    variables = _variables(context.visitor.role, found)
    page = {"orderBy": [sorting.order_by], **pagination.page_arguments(query)}
    data = await context.query("orders", **variables, **page)
    counts = _counts(data)
    return context.render(
        "orders/list.html",
        data,
        page_links=pagination.page_links(data["orders"], query),
        found=found,
        sorting=sorting,
        tabs=_tabs(query, counts),
        count=counts[found.tab],
        waiting=waiting_in(context.visitor.role, "orders", found.tab, counts[found.tab]),
        of_status=found.tab in STATUS_TABS,
        years=selectable_years(formats),
        known_lateness=LATENESS,
        status_flaws=STATUS_FLAWS,
        filter=changed_query(query),
        choosing=variables["choosing"],
        reviewing=variables["reviewing"],
        selectable=_selectable(found),
    )


def _variables(role: str, found: OrderListFilter) -> JsonObject:
    """What the document selects for a role."""
    return {
        **found.shared,
        "where": found.where,
        "counted": found.tab == ARCHIVE_TAB,
        "office": role in STAFF_ROLES,
        "choosing": role in ORDER_BULK_ROLES,
        "delivering": role == "MEMBER",
        "reviewing": role in STAFF_ROLES and found.tab == REVIEW_TAB,
    }


def _counts(data: JsonObject) -> JsonObject:
    """How many orders each tab has; the archive is counted only where it is shown."""
    lists = {tab: data["orders" if tab == ARCHIVE_TAB else count_alias(tab)] for tab in TABS}
    return {tab: found.get("boundedCount") for tab, found in lists.items()}


def _tabs(query: QueryParams, counts: JsonObject) -> list[JsonObject]:
    """Each tab with the query that keeps everything else as it is, and its number of orders; the archive has none."""
    shown = {**counts, ARCHIVE_TAB: None}
    return [{"name": tab, "count": shown[tab], "query": changed_query(query, tab=tab)} for tab in TABS]


def _selectable(found: OrderListFilter) -> SelectableList:
    """What can be done to many orders of a tab; what suits few of its orders has no button of its own."""
    left_out = {"archive"} if found.tab == ARCHIVE_TAB else set()
    if found.tab not in {REVIEW_TAB, ALL_TAB}:
        left_out.add("approve")
    return replace(ORDERS, buttons={name: each for name, each in ORDERS.buttons.items() if name not in left_out})
