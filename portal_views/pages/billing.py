"""Invoices and billable lines as members and finance see them."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

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


async def invoice_list(visit: PageContext) -> Response:
    return await _list_page(visit, "invoices", INVOICE_TABS)


async def line_list(visit: PageContext) -> Response:
    return await _list_page(visit, "lines", LINE_TABS)


async def _list_page(visit: PageContext, name: str, tabs: Mapping[str, Mapping[str, Any]]) -> Response:
    query = visit.request.query_params
    tab = query.get("tab", "all") if query.get("tab") in tabs else "all"
    data = await visit.query(name, where=tabs[tab], **pagination.page_arguments(query))
    return visit.render(
        f"billing/{name}.html", data, tab=tab, tabs=tabs, neighbours=pagination.page_links(data[name], query)
    )


async def invoice(visit: PageContext) -> Response:
    """One invoice; for its member, while it is a draft, with the request for changes."""
    return await detail_page(
        visit,
        document="invoice",
        noun="invoice",
        subject_id=path_id(visit),
        render=_render_invoice,
        redirect=_redirect,
    )


def _render_invoice(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    items = [{"value": item["id"], "label": item["text"]} for item in data["invoice"]["items"]]
    return visit.render(
        "billing/invoice.html",
        data,
        status=422 if attempt else 200,
        invoice=data["invoice"],
        attempt=attempt,
        choices={"itemId": items},
    )


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """A reversal leads to the cancellation invoice it made."""
    if done.mutation == "invoiceReverse" and done.subject_id:
        return visit.redirect(f"/invoices/{done.subject_id}", done=done.mutation)
    return redirect_to_same_page(visit, done)


async def line(visit: PageContext) -> Response:
    return await detail_page(
        visit,
        document="line",
        noun="line",
        subject_id=path_id(visit),
        render=_render_line,
    )


def _render_line(visit: PageContext, data: JsonObject, attempt: SubmittedForm | None) -> Response:
    return visit.render("billing/line.html", data, status=422 if attempt else 200, line=data["line"], attempt=attempt)
