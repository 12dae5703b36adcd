"""Customers as members and the operator's people know them."""

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext


async def customer_list(visit: PageContext) -> Response:
    """Those this visitor may know, by name."""
    query = visit.request.query_params
    data = await visit.query("customers", **pagination.page_arguments(query))
    return visit.render("customers/list.html", data, neighbours=pagination.page_links(data["customers"], query))


async def customer(visit: PageContext) -> Response:
    """One customer with its contacts."""
    return await detail_page(
        visit,
        document="customer",
        noun="customer",
        subject_id=path_id(visit),
        render=_render_customer,
        redirect=_redirect,
    )


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """Whoever looks as the customer begins on the customer's first page."""
    return visit.redirect("/") if done.mutation == "customerViewAs" else redirect_to_same_page(visit, done)


def _render_customer(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    return visit.render(
        "customers/customer.html",
        data,
        status=422 if attempt else 200,
        customer=data["customer"],
        attempt=attempt,
    )
