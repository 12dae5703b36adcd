"""The pages of customers for members and the operator's roles."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.list_search import BY_CITY, BY_NAME, NEWEST, list_search
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import FINANCE_ROLES, STAFF_ROLES

EVERYONE = "all"
WHERE_BY_TAB: dict[str, Any] = {
    EVERYONE: {},
    "proposed": {"status": {"eq": "PROPOSED"}},
    "duplicates": {"hasPossibleDuplicate": True},
}
# Roles with pages of invoices; the others read what there is without a link.
INVOICE_ROLES = ("MEMBER", *FINANCE_ROLES)
SORTS = {"name": BY_NAME, "city": BY_CITY, "newest": NEWEST}


async def customer_list(context: PageContext) -> Response:
    """The customers that the visitor may see, by name; those who check them see what is to be decided."""
    query, checking = context.request.query_params, context.visitor.role in STAFF_ROLES
    tab = query.get("tab", EVERYONE) if checking else EVERYONE
    tab = tab if tab in WHERE_BY_TAB else EVERYONE
    listed = list_search(query, SORTS)
    return await pagination.list_page(
        context,
        document="customers",
        template="customers/list.html",
        connection="customers",
        variables={"where": WHERE_BY_TAB[tab] | listed.where, "checking": checking, "orderBy": listed.order_by},
        checking=checking,
        tab=tab,
        tabs=list(WHERE_BY_TAB),
        listed=listed,
    )


async def customer(context: PageContext) -> Response:
    """One customer with its contacts, orders and invoices, and what they owe."""
    return await detail_page(
        context,
        document="customer",
        noun="customer",
        subject_id=path_id(context),
        subjects=_subjects,
        render=_render_customer,
        redirect=_redirect,
    )


def _subjects(customer: JsonObject) -> Iterable[JsonObject]:
    return [customer, *customer["contacts"], *(customer["formerContacts"] or ())]


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """An impersonation begins on the customer's first page."""
    return context.redirect("/") if done.mutation == "customerViewAs" else redirect_to_same_page(context, done)


def _render_customer(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    """A customer that was merged leads to the page of the one it was merged into."""
    customer = data["customer"]
    if customer["id"] != path_id(context):
        return context.redirect(detail_path(customer["id"]))
    return context.render(
        "customers/customer.html",
        data,
        submitted=submitted,
        customer=customer,
        access={contact["id"]: _access(contact) for contact in customer["contacts"]},
        merging=context.visitor.role in STAFF_ROLES,
        invoices_linked=context.visitor.role in INVOICE_ROLES,
        receivables_linked=context.visitor.role in FINANCE_ROLES,
    )


def _access(contact: JsonObject) -> str:
    """Whether a contact signs in, or is invited to; an invitation that the visitor may not see counts as access."""
    account = contact["account"]
    if account and account["status"] == "INVITED":
        return "invited"
    return "has_account" if contact["hasAccount"] else "no_account"
