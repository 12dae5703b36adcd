"""Pages of invoices and billable lines for members and finance."""

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


async def invoice_list(context: PageContext) -> Response:
    return await _list_page(context, "invoices", INVOICE_TABS)


async def line_list(context: PageContext) -> Response:
    return await _list_page(context, "lines", LINE_TABS)


async def _list_page(context: PageContext, name: str, tabs: Mapping[str, Mapping[str, Any]]) -> Response:
    query = context.request.query_params
    tab = query.get("tab", "all") if query.get("tab") in tabs else "all"
    data = await context.query(name, where=tabs[tab], **pagination.page_arguments(query))
    return context.render(
        f"billing/{name}.html", data, tab=tab, tabs=tabs, neighbours=pagination.page_links(data[name], query)
    )


async def invoice(context: PageContext) -> Response:
    """One invoice; for its member, while it is a draft, with the request for changes."""
    return await detail_page(
        context,
        document="invoice",
        noun="invoice",
        subject_id=path_id(context),
        render=_render_invoice,
        redirect=_redirect,
    )


def _render_invoice(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    items = [{"value": item["id"], "label": item["text"]} for item in data["invoice"]["items"]]
    return context.render(
        "billing/invoice.html",
        data,
        status=422 if submitted else 200,
        invoice=data["invoice"],
        submitted=submitted,
        choices={"itemId": items},
    )


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, or from a reversal to its cancellation invoice."""
    if completed.mutation == "invoiceReverse" and completed.subject_id:
        return context.redirect(f"/invoices/{completed.subject_id}", done=completed.mutation)
    return redirect_to_same_page(context, completed)


async def line(context: PageContext) -> Response:
    return await detail_page(
        context,
        document="line",
        noun="line",
        subject_id=path_id(context),
        render=_render_line,
    )


def _render_line(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render(
        "billing/line.html", data, status=422 if submitted else 200, line=data["line"], submitted=submitted
    )
