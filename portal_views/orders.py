"""Orders as members and the operator's people see them: the list with its tabs, and one order with its moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
BOARD_ROLES = frozenset({"STAFF", "ADMIN"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address of the order list asks for."""

    tab: str
    year: int | None
    search: str
    where: Data


async def order_list(visit: Visit) -> Response:
    """One tab of the orders, newest first, of one year or of all; those who may do something to many can tick them."""
    query = visit.request.query_params
    formats = formats_of(visit, await visit.ask("frame"))
    asked = asked_list(query, formats)
    role = visit.visitor.role
    data = await visit.ask("orders", where=asked.where, moving=role in BOARD_ROLES, **lists.asked(query))
    return visit.page(
        "orders/list.html",
        data,
        tab=asked.tab,
        tabs=[*TABS, ALL],
        year=asked.year,
        years=_years(formats),
        search=asked.search,
        filter=lists.kept(query),
        choosing=role in {"MEMBER", *BOARD_ROLES},
        neighbours=lists.neighbours(data["orders"], query),
    )


def asked_list(query: QueryParams, formats: Formats) -> Asked:
    """The tab, the year and the words searched for; what the list does not know is not asked for."""
    tab = query.get("tab", "active") if query.get("tab") in {*TABS, ALL} else "active"
    year = int(query["year"]) if query.get("year") in {str(known) for known in _years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:100]
    where: Data = {"archived": False}
    if tab != ALL:
        where["status"] = {"in": list(TABS[tab])}
    if year:
        where["createdAt"] = {"gte": _new_year(year, formats), "lt": _new_year(year + 1, formats)}
    if search:
        where["search"] = search
    return Asked(tab=tab, year=year, search=search, where=where)


def _years(formats: Formats) -> range:
    return range(formats.today().year, FIRST_YEAR - 1, -1)


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
        choosing=visit.visitor.role in BOARD_ROLES,
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
