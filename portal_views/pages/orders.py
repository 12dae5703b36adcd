"""The pages of orders for members and the operator's roles: the list with its tabs, and one order with its actions."""

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.lookups import Lookup, form_lookups
from portal_views.forms.options import options
from portal_views.forms.order_list_filter import (
    ALL_TAB,
    ARCHIVE_TAB,
    LATENESS,
    STATUS_TABS,
    order_list_filter,
    selectable_years,
)
from portal_views.forms.selectable_lists import ORDERS
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import ORDER_BULK_ROLES, STAFF_ROLES

ASSIGNEES = "accountIds"


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
    """A deleted order no longer has a page; a copy has its own."""
    if done.mutation == "orderDelete":
        return context.redirect("/orders", tab="drafts", done=done.mutation)
    if done.mutation == "orderDuplicate" and done.subject_id:
        return context.redirect(detail_path(done.subject_id), done=done.mutation)
    return redirect_to_same_page(context, done)
