"""The pages of orders for members and the operator's roles: the list with its tabs, and one order with its actions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.list_sorting import list_sorting
from portal_views.forms.lookups import Lookup, form_lookups
from portal_views.forms.options import options
from portal_views.forms.order_list_filter import (
    ALL_TAB,
    ARCHIVE_TAB,
    LATENESS,
    SORT_COLUMNS,
    STATUS_TABS,
    TABS,
    OrderListFilter,
    count_alias,
    order_list_filter,
    selectable_years,
)
from portal_views.forms.selectable_lists import ORDERS, SelectableList
from portal_views.forms.selection import local_return_path
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.pagination import changed_query
from portal_views.web.roles import ORDER_BULK_ROLES, STAFF_ROLES

ASSIGNEES = "accountIds"
REVIEW_TAB = "in-review"


async def order_list(context: PageContext) -> Response:
    """One tab of the orders, sorted by one column, of one year or of all; roles with bulk actions can select them."""
    query = context.request.query_params
    formats = context.formats(await context.query("page_context"))
    found, sorting = order_list_filter(query, formats), list_sorting(query, SORT_COLUMNS)
    variables = _variables(context.visitor.role, found)
    page = {"orderBy": [sorting.order_by], **pagination.page_arguments(query)}
    data = await context.query("orders", **variables, **page)
    return context.render(
        "orders/list.html",
        data,
        page_links=pagination.page_links(data["orders"], query),
        found=found,
        sorting=sorting,
        tabs=_tabs(context, data),
        of_status=found.tab in STATUS_TABS,
        years=selectable_years(formats),
        known_lateness=LATENESS,
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
        "office": role in STAFF_ROLES,
        "choosing": role in ORDER_BULK_ROLES,
        "delivering": role == "MEMBER",
        "reviewing": role in STAFF_ROLES and found.tab == REVIEW_TAB,
    }


def _tabs(context: PageContext, data: JsonObject) -> list[JsonObject]:
    """Each tab with the query that keeps everything else as it is, and its number of orders; the archive has none."""
    query = context.request.query_params
    counts = {tab: data[count_alias(tab)]["boundedCount"] for tab in TABS if tab != ARCHIVE_TAB}
    return [{"name": tab, "count": counts.get(tab), "query": changed_query(query, tab=tab)} for tab in TABS]


def _selectable(found: OrderListFilter) -> SelectableList:
    """What can be done to many orders of a tab; what suits few of its orders has no button of its own."""
    left_out = {"archive"} if found.tab == ARCHIVE_TAB else set()
    if found.tab not in {REVIEW_TAB, ALL_TAB}:
        left_out.add("approve")
    return replace(ORDERS, buttons={name: each for name, each in ORDERS.buttons.items() if name not in left_out})


async def order(context: PageContext) -> Response:
    """One order with all its open actions."""
    return await detail_page(
        context,
        document="order",
        noun="order",
        subject_id=path_id(context),
        subjects=order_subjects,
        render=_render_order,
        redirect=_redirect,
        choosing=context.visitor.role in STAFF_ROLES,
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *filter(None, [order["clientStatus"]]), *order["deliveries"], *order.get("messages", ())]


async def _render_order(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    order = data["order"]
    choices = {
        **await _assignees(context, order, submitted),
        "contactId": _other_contacts(order),
        "fileIds": _attachable_files(order),
    }
    return context.render("orders/order.html", data, submitted=submitted, order=data["order"], choices=choices)


async def _assignees(context: PageContext, order: JsonObject, submitted: SubmittedForm | None) -> Mapping[str, Lookup]:
    """The field of the employees to assign, with those who are, or with those of a form that is shown again."""
    if submitted and ASSIGNEES in submitted.form:
        return await form_lookups(context, {ASSIGNEES: "employee"}, {}, submitted.form)
    return {ASSIGNEES: Lookup(kind="employee", chosen=options(order["assignees"] or ()))}


def _other_contacts(order: JsonObject) -> list[JsonObject]:
    """The people at the customer who are not asked yet."""
    asked = order["contact"]["id"] if order["contact"] else None
    known = order["customer"]["contacts"] if order["customer"] else []
    return options([each for each in known if each["id"] != asked], _contact_label)


def _attachable_files(order: JsonObject) -> list[JsonObject]:
    """What was uploaded for the order, and what its drafts of deliveries have beside that."""
    drafted = [file for delivery in order["deliveries"] for file in delivery["draftFiles"]]
    by_id = {file["id"]: file for file in (*order["files"], *drafted)}
    return options(list(by_id.values()))


def _contact_label(contact: JsonObject) -> str:
    return f"{contact['name']} ({contact['email']})" if contact["email"] else str(contact["name"])


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """Lead back to the list that the form stood in; a deleted order no longer has a page, and a copy has its own."""
    if back := local_return_path(context.request.query_params.get("back", "")):
        return context.redirect(back, done=done.mutation)
    if done.mutation == "orderDelete":
        return context.redirect("/orders", tab="drafts", done=done.mutation)
    if done.mutation == "orderDuplicate" and done.subject_id:
        return context.redirect(detail_path(done.subject_id), done=done.mutation)
    return redirect_to_same_page(context, done)
