"""The pages of invoices and billable lines for members and finance."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.options import options
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
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
    named = context.request.query_params.get("tab", "")
    tab = named if named in tabs else "all"
    return await pagination.list_page(
        context,
        document=name,
        template=f"billing/{name}.html",
        connection=name,
        variables={"where": tabs[tab]},
        tab=tab,
        tabs=tabs,
    )


async def invoice(context: PageContext) -> Response:
    """One invoice; its member can request changes while it is a draft."""
    return await detail_page(
        context,
        document="invoice",
        noun="invoice",
        subject_id=path_id(context),
        render=_render_invoice,
        redirect=_redirect,
    )


def _render_invoice(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    invoice = data["invoice"]
    choices = {"itemId": options(invoice["items"], "text")}
    return context.render("billing/invoice.html", data, submitted=submitted, invoice=invoice, choices=choices)


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """A reversal leads to the cancellation invoice that it created."""
    if done.mutation == "invoiceReverse" and done.subject_id:
        return context.redirect(detail_path(done.subject_id), done=done.mutation)
    return redirect_to_same_page(context, done)


async def line(context: PageContext) -> Response:
    return await detail_page(context, document="line", noun="line", subject_id=path_id(context), render=_render_line)


def _render_line(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return context.render("billing/line.html", data, submitted=submitted, line=data["line"])
