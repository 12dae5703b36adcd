"""What customers see when they are signed in: home, work in progress, orders and invoices."""

from collections.abc import Iterable

from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit, found
from portal_views.moves import Attempt
from portal_views.things import asked_id, show_and_move


async def home(visit: Visit) -> Response:
    """Work in progress and what waits for the customer."""
    return visit.page("customer/home.html", await visit.ask("home"))


async def work_list(visit: Visit) -> Response:
    """All work in progress, what changed last first."""
    return await _list(visit, "work_list", "workInProgress")


async def orders(visit: Visit) -> Response:
    return await _list(visit, "orders", "orders")


async def invoices(visit: Visit) -> Response:
    return await _list(visit, "invoices", "invoices")


async def _list(visit: Visit, name: str, listed: str) -> Response:
    query = visit.request.query_params
    data = await visit.ask(name, **lists.asked(query))
    return visit.page(f"customer/{name}.html", data, neighbours=lists.neighbours(data[listed], query))


async def work(visit: Visit) -> Response:
    """How one piece of work got on until now, for customers who see no more of its order too."""
    query = visit.request.query_params
    data = await visit.ask("work", id=asked_id(visit), **lists.asked(query))
    told = found(data["clientStatus"])
    return visit.page("customer/work.html", data, told=told, neighbours=lists.neighbours(told["history"], query))


async def order(visit: Visit) -> Response:
    """One order, with answers to its offer and to its deliveries."""
    return await show_and_move(
        visit,
        document="order",
        noun="order",
        subject_id=asked_id(visit),
        movable=order_and_deliveries,
        show=_show_order,
    )


def order_and_deliveries(order: Data) -> Iterable[Data]:
    return [order, *order["deliveries"]]


def _show_order(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    return visit.page("customer/order.html", data, status=422 if attempt else 200, order=data["order"], attempt=attempt)


async def delivery(visit: Visit) -> Response:
    """One delivery by itself, for customers who see no more of its order."""
    return await one_delivery(visit, asked_id(visit))


async def one_delivery(visit: Visit, delivery_id: str) -> Response:
    """A delivery to be looked at and answered, by whoever may."""
    return await show_and_move(visit, document="delivery", noun="delivery", subject_id=delivery_id, show=_show_delivery)


def _show_delivery(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    return visit.page(
        "link/delivery.html",
        data,
        status=422 if attempt else 200,
        delivery=data["delivery"],
        attempt=attempt,
    )


async def invoice(visit: Visit) -> Response:
    data = await visit.ask("invoice", id=asked_id(visit))
    return visit.page("customer/invoice.html", data, invoice=found(data["invoice"]))
