"""Invoices and billable lines as members and finance see them."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal_views import lists
from portal_views.desk import Data, Visit
from portal_views.moves import Attempt, Done
from portal_views.things import asked_id, done_here, show_and_move

INVOICE_TABS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "held": {"status": {"in": ["ON_HOLD"]}},
    "waiting": {"status": {"in": ["READY_TO_SUBMIT", "PENDING_APPROVAL"]}},
    "ready": {"status": {"in": ["READY_TO_PRINT"]}},
    "issued": {"status": {"in": ["PRINTED", "POSTED"]}},
    "canceled": {"status": {"in": ["CANCELED"]}},
}
LINE_TABS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "held": {"status": {"in": ["ON_HOLD"]}},
    "open": {"status": {"in": ["CONFIRMED"]}, "composed": False},
    "composed": {"composed": True},
    "canceled": {"status": {"in": ["CANCELED"]}},
}


async def invoice_list(visit: Visit) -> Response:
    return await _list(visit, "invoices", INVOICE_TABS)


async def line_list(visit: Visit) -> Response:
    return await _list(visit, "lines", LINE_TABS)


async def _list(visit: Visit, name: str, tabs: Mapping[str, Mapping[str, Any]]) -> Response:
    query = visit.request.query_params
    tab = query.get("tab", "all") if query.get("tab") in tabs else "all"
    data = await visit.ask(name, where=tabs[tab], **lists.asked(query))
    return visit.page(f"billing/{name}.html", data, tab=tab, tabs=tabs, neighbours=lists.neighbours(data[name], query))


async def invoice(visit: Visit) -> Response:
    """One invoice; for its member, while it is a draft, with the request for changes."""
    return await show_and_move(
        visit,
        document="invoice",
        noun="invoice",
        subject_id=asked_id(visit),
        show=_show_invoice,
        onward=_onward,
    )


def _show_invoice(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    items = [{"value": item["id"], "label": item["text"]} for item in data["invoice"]["items"]]
    return visit.page(
        "billing/invoice.html",
        data,
        status=422 if attempt else 200,
        invoice=data["invoice"],
        attempt=attempt,
        choices={"itemId": items},
    )


def _onward(visit: Visit, done: Done) -> Response:
    """A reversal leads to the cancellation invoice it made."""
    if done.mutation == "invoiceReverse" and done.subject_id:
        return visit.see_other(f"/invoices/{done.subject_id}", done=done.mutation)
    return done_here(visit, done)


async def line(visit: Visit) -> Response:
    return await show_and_move(
        visit,
        document="line",
        noun="line",
        subject_id=asked_id(visit),
        show=_show_line,
    )


def _show_line(visit: Visit, data: Data, attempt: Attempt | None) -> Response:
    return visit.page("billing/line.html", data, status=422 if attempt else 200, line=data["line"], attempt=attempt)
