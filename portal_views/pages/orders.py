"""Orders as members and the operator's people see them: the list with its tabs, and one order with its moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, page_formats, path_id, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext

STATUS_TABS: Mapping[str, tuple[str, ...]] = {
    "active": ("ACTIVE",),
    "in-review": ("IN_REVIEW",),
    "awaiting-customer": ("AWAITING_CUSTOMER",),
    "cancellation-review": ("CANCELLATION_REVIEW",),
    "rejected": ("REJECTED",),
    "completed": ("COMPLETED",),
    "drafts": ("DRAFT",),
    "canceled": ("CANCELED",),
}
ALL_TAB = "all"
FIRST_YEAR = 2020
BOARD_ROLES = frozenset({"STAFF", "ADMIN"})


@dataclass(frozen=True, kw_only=True)
class OrderListFilter:
    """What the address of the order list asks for."""

    tab: str
    year: int | None
    search: str
    where: JsonObject


async def order_list(visit: PageContext) -> Response:
    """One tab of the orders, newest first, of one year or of all; those who may do something to many can tick them."""
    query = visit.request.query_params
    formats = page_formats(visit, await visit.query("page_context"))
    asked = order_list_filter(query, formats)
    role = visit.visitor.role
    data = await visit.query(
        "orders", where=asked.where, moving=role in BOARD_ROLES, **pagination.page_arguments(query)
    )
    return visit.render(
        "orders/list.html",
        data,
        tab=asked.tab,
        tabs=[*STATUS_TABS, ALL_TAB],
        year=asked.year,
        years=_selectable_years(formats),
        search=asked.search,
        filter=pagination.changed_query(query),
        choosing=role in {"MEMBER", *BOARD_ROLES},
        neighbours=pagination.page_links(data["orders"], query),
    )


def order_list_filter(query: QueryParams, formats: Formats) -> OrderListFilter:
    """The tab, the year and the words searched for; what the list does not know is not asked for."""
    tab = query.get("tab", "active") if query.get("tab") in {*STATUS_TABS, ALL_TAB} else "active"
    year = int(query["year"]) if query.get("year") in {str(known) for known in _selectable_years(formats)} else None
    search = query.get("search", "").replace("\0", "").strip()[:100]
    where: JsonObject = {"archived": False}
    if tab != ALL_TAB:
        where["status"] = {"in": list(STATUS_TABS[tab])}
    if year:
        where["createdAt"] = {"gte": _start_of_year(year, formats), "lt": _start_of_year(year + 1, formats)}
    if search:
        where["search"] = search
    return OrderListFilter(tab=tab, year=year, search=search, where=where)


def _selectable_years(formats: Formats) -> range:
    return range(formats.today().year, FIRST_YEAR - 1, -1)


def _start_of_year(year: int, formats: Formats) -> str:
    return datetime(year, 1, 1, tzinfo=formats.zone).isoformat()


async def order(visit: PageContext) -> Response:
    """One order with everything that can be done with it."""
    return await detail_page(
        visit,
        document="order",
        noun="order",
        subject_id=path_id(visit),
        subjects=order_subjects,
        render=_render_order,
        redirect=_redirect,
        choosing=visit.visitor.role in BOARD_ROLES,
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *filter(None, [order["clientStatus"]]), *order["deliveries"]]


def _render_order(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    employees = data.get("accounts", {"nodes": []})["nodes"]
    return visit.render(
        "orders/order.html",
        data,
        status=422 if attempt else 200,
        order=data["order"],
        attempt=attempt,
        choices={"accountIds": [{"value": one["id"], "label": one["name"]} for one in employees]},
    )


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """A deleted order has no page any more; a copy has one of its own."""
    if done.mutation == "orderDelete":
        return visit.redirect("/orders", tab="drafts", done=done.mutation)
    if done.mutation == "orderDuplicate" and done.subject_id:
        return visit.redirect(f"/orders/{done.subject_id}", done=done.mutation)
    return redirect_to_same_page(visit, done)
