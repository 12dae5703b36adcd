"""The list of orders with its tabs, for members and the operator's roles."""

from starlette.responses import Response

from portal_views.forms.order_list_filter import (
    ALL_TAB,
    ARCHIVE_TAB,
    LATENESS,
    STATUS_TABS,
    order_list_filter,
    selectable_years,
)
from portal_views.forms.selectable_lists import ORDERS
from portal_views.web import pagination
from portal_views.web.page_context import PageContext
from portal_views.web.roles import ORDER_BULK_ROLES, STAFF_ROLES


async def order_list(context: PageContext) -> Response:
    """One tab of the orders, newest first, of one year or of all; roles with bulk actions can select them."""
    query = context.request.query_params
    formats = context.formats(await context.query("page_context"))
    list_filter = order_list_filter(query, formats)
    role = context.visitor.role
    return await pagination.list_page(
        context,
        document="orders",
        template="orders/list.html",
        connection="orders",
        variables={
            "where": list_filter.where,
            "moving": role in STAFF_ROLES,
            "choosing": role in ORDER_BULK_ROLES,
            "delivering": role == "MEMBER",
        },
        tab=list_filter.tab,
        tabs=[*STATUS_TABS, ALL_TAB, ARCHIVE_TAB],
        year=list_filter.year,
        years=selectable_years(formats),
        search=list_filter.search,
        lateness=list_filter.lateness,
        known_lateness=LATENESS,
        filter=pagination.changed_query(query),
        is_filtered=list_filter.restricts_something,
        choosing=role in ORDER_BULK_ROLES,
        selectable=ORDERS,
    )
