"""Orders as members and the operator's people see them: the list with its tabs, and one order with its moves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit
from portal_views.formats import Formats
from portal_views.moves import Attempt, Done
from portal_views.things import asked_id, done_here, formats_of, show_and_move

TABS: Mapping[str, tuple[str, ...]] = {
    "active": ("ACTIVE",),
    "in-review": ("IN_REVIEW",),
    "awaiting-customer": ("AWAITING_CUSTOMER",),
    "cancellation-review": ("CANCELLATION_REVIEW",),
    "rejected": ("REJECTED",),
    "completed": ("COMPLETED",),
    "drafts": ("DRAFT",),
    "canceled": ("CANCELED",),
}
ALL = "all"
FIRST_YEAR = 2020


async def order_list(visit: Visit) -> Response:
    """One tab of the orders, newest first, of one year or of all."""
    query = visit.request.query_params
    tab = query.get("tab", "active") if query.get("tab") in {*TABS, ALL} else "active"
    frame = await visit.ask("frame")
    formats = formats_of(visit, frame)
    years = range(formats.today().year, FIRST_YEAR - 1, -1)
    year = int(query["year"]) if query.get("year") in {str(known) for known in years} else None
    where = _where(query, tab, year, formats)
    data = await visit.ask("orders", where=where, **lists.asked(query))
    return visit.page(
        "orders/list.html",
        data,
        tab=tab,
        tabs=[*TABS, ALL],
        year=year,
        years=years,
        search=query.get("search", ""),
        neighbours=lists.neighbours(data["orders"], query),
    )


def _where(query: QueryParams, tab: str, year: int | None, formats: Formats) -> dict[str, Any]:
    where: dict[str, Any] = {"archived": False}
    if tab != ALL:
        where["status"] = {"in": list(TABS[tab])}
    if year:
        where["createdAt"] = {"gte": _new_year(year, formats), "lt": _new_year(year + 1, formats)}
    if search := query.get("search", "").replace("\0", "").strip():
        where["search"] = search[:100]
    return where


def _new_year(year: int, formats: Formats) -> str:
    return datetime(year, 1, 1, tzinfo=formats.zone).isoformat()


async def order(visit: Visit) -> Response:
    """One order with everything that can be done with it."""
    return await show_and_move(
        visit,
        document="order",
        noun="order",
        subject_id=asked_id(visit),
        movable=order_status_and_deliveries,
        show=_show,
        onward=_onward,
        choosing=visit.visitor.role in {"STAFF", "ADMIN"},
    )


def order_status_and_deliveries(order: Data) -> Iterable[Data]:
    return [order, *filter(None, [order["clientStatus"]]), *order["deliveries"]]


def _show(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    employees = data.get("accounts", {"nodes": []})["nodes"]
    return visit.page(
        "orders/order.html",
        data,
        status=422 if attempt else 200,
        order=data["order"],
        attempt=attempt,
        choices={"accountIds": [{"value": one["id"], "label": one["name"]} for one in employees]},
    )


def _onward(visit: Visit, done: Done) -> Response:
    """A deleted order has no page any more; a copy has one of its own."""
    if done.mutation == "orderDelete":
        return visit.see_other("/orders", tab="drafts", done=done.mutation)
    if done.mutation == "orderDuplicate" and done.subject_id:
        return visit.see_other(f"/orders/{done.subject_id}", done=done.mutation)
    return done_here(visit, done)
