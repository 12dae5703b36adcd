"""The pages of customers for members and the operator's roles."""

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext


async def customer_list(context: PageContext) -> Response:
    """The customers that the visitor may see, by name."""
    return await pagination.list_page(
        context, document="customers", template="customers/list.html", connection="customers"
    )


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


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """An impersonation begins on the customer's first page."""
    return context.redirect("/") if done.mutation == "customerViewAs" else redirect_to_same_page(context, done)


def _render_customer(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render("customers/customer.html", data, submitted=submitted, customer=data["customer"])
