"""What customers see when they are signed in: home, work in progress, orders and invoices."""

from collections.abc import Iterable

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.submission import SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404


async def dashboard(visit: PageContext) -> Response:
    """Work in progress and what waits for the customer."""
    return visit.render("customer_portal/dashboard.html", await visit.query("dashboard"))


async def work_list(visit: PageContext) -> Response:
    """All work in progress, what changed last first."""
    return await _list_page(visit, "work_list", "workInProgress")


async def order_list(visit: PageContext) -> Response:
    return await _list_page(visit, "orders", "orders")


async def invoice_list(visit: PageContext) -> Response:
    return await _list_page(visit, "invoices", "invoices")


async def _list_page(visit: PageContext, name: str, listed: str) -> Response:
    query = visit.request.query_params
    data = await visit.query(name, **pagination.page_arguments(query))
    return visit.render(f"customer_portal/{name}.html", data, neighbours=pagination.page_links(data[listed], query))


async def work(visit: PageContext) -> Response:
    """How one piece of work got on until now, for customers who see no more of its order too."""
    query = visit.request.query_params
    data = await visit.query("work", id=path_id(visit), **pagination.page_arguments(query))
    told = found_or_404(data["clientStatus"])
    return visit.render(
        "customer_portal/work.html", data, told=told, neighbours=pagination.page_links(told["history"], query)
    )


async def order(visit: PageContext) -> Response:
    """One order, with answers to its offer and to its deliveries."""
    return await detail_page(
        visit,
        document="order",
        noun="order",
        subject_id=path_id(visit),
        subjects=order_subjects,
        render=_render_order,
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *order["deliveries"]]


def _render_order(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    return visit.render(
        "customer_portal/order.html", data, status=422 if attempt else 200, order=data["order"], attempt=attempt
    )


async def delivery(visit: PageContext) -> Response:
    """One delivery by itself, for customers who see no more of its order."""
    return await delivery_page(visit, path_id(visit))


async def delivery_page(visit: PageContext, delivery_id: str) -> Response:
    """A delivery to be looked at and answered, by whoever may."""
    return await detail_page(
        visit, document="delivery", noun="delivery", subject_id=delivery_id, render=_render_delivery
    )


def _render_delivery(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    return visit.render(
        "mailed_links/delivery.html",
        data,
        status=422 if attempt else 200,
        delivery=data["delivery"],
        attempt=attempt,
    )


async def invoice(visit: PageContext) -> Response:
    data = await visit.query("invoice", id=path_id(visit))
    return visit.render("customer_portal/invoice.html", data, invoice=found_or_404(data["invoice"]))
