"""Pages of orders for members and the operator's roles: the list with its tabs, and one order with its actions."""

from collections.abc import Iterable

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, page_formats, path_id, redirect_to_same_page
from portal_views.forms.order_list_filter import ALL_TAB, STATUS_TABS, order_list_filter, selectable_years
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

BOARD_ROLES = frozenset({"STAFF", "ADMIN"})


async def order_list(context: PageContext) -> Response:
    """One tab of the orders, newest first, of one year or all; roles with bulk operations can select rows."""
    query = context.request.query_params
    formats = page_formats(context, await context.query("page_context"))
    list_filter = order_list_filter(query, formats)
    role = context.visitor.role
    data = await context.query(
        "orders", where=list_filter.where, moving=role in BOARD_ROLES, **pagination.page_arguments(query)
    )
    return context.render(
        "orders/list.html",
        data,
        tab=list_filter.tab,
        tabs=[*STATUS_TABS, ALL_TAB],
        year=list_filter.year,
        years=selectable_years(formats),
        search=list_filter.search,
        filter=pagination.changed_query(query),
        choosing=role in {"MEMBER", *BOARD_ROLES},
        neighbours=pagination.page_links(data["orders"], query),
    )


async def order(context: PageContext) -> Response:
    """One order with its open actions."""
    return await detail_page(
        context,
        document="order",
        noun="order",
        subject_id=path_id(context),
        subjects=order_subjects,
        render=_render_order,
        redirect=_redirect,
        choosing=context.visitor.role in BOARD_ROLES,
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *filter(None, [order["clientStatus"]]), *order["deliveries"]]


def _render_order(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    employees = data.get("accounts", {"nodes": []})["nodes"]
    return context.render(
        "orders/order.html",
        data,
        status=422 if submitted else 200,
        order=data["order"],
        submitted=submitted,
        choices={"accountIds": [{"value": one["id"], "label": one["name"]} for one in employees]},
    )


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect from a deleted order to the list, from a copy to its own page, else to the same page."""
    if completed.mutation == "orderDelete":
        return context.redirect("/orders", tab="drafts", done=completed.mutation)
    if completed.mutation == "orderDuplicate" and completed.subject_id:
        return context.redirect(f"/orders/{completed.subject_id}", done=completed.mutation)
    return redirect_to_same_page(context, completed)
