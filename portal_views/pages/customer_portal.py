"""The pages of signed-in customers: dashboard, work in progress, orders, deliveries and invoices."""

from collections.abc import Iterable
from urllib.parse import quote

from starlette.responses import Response

from portal_views.documents.waiting import waiting_in_all
from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.submission import SubmittedForm
from portal_views.pages.order_page.compared_revisions import compared_revisions
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.web.timeline import timeline_days

# What waits for customers: the lists whose counts stand in the title of their first page.
WAITING = ("offers", "deliveriesToReview", "supplementsToAnswer", "dueProposalsToAnswer")


async def dashboard(context: PageContext) -> Response:
    """Work in progress, and what waits for the customer."""
    data = await context.query("dashboard")
    return context.render("customer_portal/dashboard.html", data, waiting=waiting_in_all(data, WAITING))


async def work_list(context: PageContext) -> Response:
    """All work in progress, the latest change first."""
    return await _list_page(context, "work_list", "workInProgress")


async def order_list(context: PageContext) -> Response:
    return await _list_page(context, "orders", "orders")


async def invoice_list(context: PageContext) -> Response:
    return await _list_page(context, "invoices", "invoices")


async def _list_page(context: PageContext, name: str, connection: str) -> Response:
    template = f"customer_portal/{name}.html"
    return await pagination.list_page(context, document=name, template=template, connection=connection)


async def work(context: PageContext) -> Response:
    """The history of one piece of work, also for customers who see nothing else of its order."""
    query = context.request.query_params
    data = await context.query("work", id=path_id(context), **pagination.page_arguments(query))
    client_status = found_or_404(data["clientStatus"])
    page_links = pagination.page_links(client_status["history"], query)
    return context.render("customer_portal/work.html", data, client_status=client_status, page_links=page_links)


async def order(context: PageContext) -> Response:
    """One order, with the answers to its offer and to its deliveries."""
    return await detail_page(
        context,
        document="order",
        noun="order",
        subject_id=path_id(context),
        subjects=order_subjects,
        render=_render_order,
        **compared_revisions(context),
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *order["deliveries"], *order["supplements"]]


def _render_order(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    order = data["order"]
    timeline = timeline_days(order["timeline"]["nodes"], context.formats(data))
    return context.render("customer_portal/order.html", data, submitted=submitted, order=order, timeline=timeline)


async def delivery(context: PageContext) -> Response:
    """One delivery by itself, for customers who see nothing else of its order."""
    return await delivery_page(context, path_id(context))


async def delivery_page(context: PageContext, delivery_id: str) -> Response:
    """A delivery with the answers that the visitor may give."""
    return await detail_page(
        context, document="delivery", noun="delivery", subject_id=delivery_id, render=_render_delivery
    )


def _render_delivery(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render("mailed_links/delivery.html", data, submitted=submitted, delivery=data["delivery"])


async def supplement(context: PageContext) -> Response:
    """One further invoice by itself, with the answers to it."""
    return await supplement_page(context, path_id(context))


async def supplement_page(context: PageContext, supplement_id: str) -> Response:
    """A further invoice with the answers that the visitor may give."""
    return await detail_page(
        context, document="supplement", noun="supplement", subject_id=supplement_id, render=_render_supplement
    )


def _render_supplement(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render(
        "mailed_links/supplement.html",
        data,
        submitted=submitted,
        supplement=data["supplement"],
        name=context.visitor.name,
    )


async def invoice(context: PageContext) -> Response:
    """One invoice with what is owed of it, which the customer can dispute."""
    return await detail_page(
        context,
        document="invoice",
        noun="invoice",
        subject_id=path_id(context),
        subjects=lambda invoice: [invoice["receivable"]] if invoice["receivable"] else [],
        render=_render_invoice,
    )


def _render_invoice(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    shown = data["invoice"]
    code = shown["receivable"]["paymentCode"] if shown["receivable"] else None
    return context.render(
        "customer_portal/invoice.html",
        data,
        submitted=submitted,
        invoice=shown,
        payment_code=f"data:image/svg+xml,{quote(code)}" if code else None,
    )
