"""Pages of customers for members and the operator's roles."""

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext


async def customer_list(context: PageContext) -> Response:
    """The customers that are visible to this visitor, by name."""
    query = context.request.query_params
    data = await context.query("customers", **pagination.page_arguments(query))
    return context.render("customers/list.html", data, neighbours=pagination.page_links(data["customers"], query))


async def customer(context: PageContext) -> Response:
    """One customer with its contacts."""
    return await detail_page(
        context,
        document="customer",
        noun="customer",
        subject_id=path_id(context),
        render=_render_customer,
        redirect=_redirect,
    )


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, or from the start of an impersonation to the customer's dashboard."""
    return (
        context.redirect("/") if completed.mutation == "customerViewAs" else redirect_to_same_page(context, completed)
    )


def _render_customer(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render(
        "customers/customer.html",
        data,
        status=422 if submitted else 200,
        customer=data["customer"],
        submitted=submitted,
    )
