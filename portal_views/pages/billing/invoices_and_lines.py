"""The pages of invoices and billable lines for members and finance."""

from collections.abc import Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.filters.billing import (
    INVOICE_TABS,
    LINE_TABS,
    MEMBER,
    MEMBER_TABS,
    SortedListFilter,
    invoice_filter_of,
    line_list_filter,
)
from portal_views.forms.filters.orders import selectable_years
from portal_views.forms.lookups import form_lookups
from portal_views.forms.options import options
from portal_views.forms.selectable_lists import INVOICES, LINES, SelectableList
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import FINANCE_ROLES

ISSUE = "print"


async def invoice_list(context: PageContext) -> Response:
    """The invoices of one tab, of one year or all, that a text finds; finance can select them and sees their sums."""
    formats = context.formats(await context.query("page_context"))
    tabs = INVOICE_TABS if context.visitor.role in FINANCE_ROLES else MEMBER_TABS
    list_filter = invoice_filter_of(context.request.query_params, formats, tabs)
    return await _list_page(context, INVOICES, list_filter, tabs, formats)


async def line_list(context: PageContext) -> Response:
    """The lines of one tab, of one year or all, that a text finds; finance can select them and sees their sums."""
    formats = context.formats(await context.query("page_context"))
    list_filter = line_list_filter(context.request.query_params, formats)
    return await _list_page(context, LINES, list_filter, LINE_TABS, formats)


async def _list_page(
    context: PageContext,
    rows: SelectableList,
    list_filter: SortedListFilter,
    tabs: Mapping[str, JsonObject],
    formats: Formats,
) -> Response:
    query, choosing = context.request.query_params, context.visitor.role in FINANCE_ROLES
    members = await form_lookups(context, {MEMBER: MEMBER}, {}, query) if choosing else {}
    return await pagination.list_page(
        context,
        document=rows.plural,
        template=f"billing/{rows.plural}.html",
        connection=rows.plural,
        variables={"where": list_filter.where, "choosing": choosing, "orderBy": [list_filter.order_by]},
        tab=list_filter.tab,
        tabs=tabs,
        filter=pagination.changed_query(query),
        is_filtered=list_filter.restricts_something,
        choosing=choosing,
        selectable=rows,
        member=members.get(MEMBER),
        list_filter=list_filter,
        years=selectable_years(formats),
    )


async def invoice(context: PageContext) -> Response:
    """One invoice; its member can request changes while it is a draft."""
    return await detail_page(
        context,
        document="invoice",
        noun="invoice",
        subject_id=path_id(context),
        subjects=lambda invoice: [invoice, *invoice.get("messages", ())],
        render=_render_invoice,
        redirect=_redirect,
        choosing=context.visitor.role in FINANCE_ROLES,
    )


async def issue(context: PageContext) -> Response:
    """The question before an invoice is issued: the number that comes next, the date, and that it is final."""
    return await detail_page(
        context,
        document="invoice_issue",
        noun="invoice",
        subject_id=path_id(context),
        subjects=lambda invoice: [{"openActions": [each for each in invoice["openActions"] if each["name"] == ISSUE]}],
        render=_render_issue,
        redirect=lambda page, done: page.redirect(f"/invoices/{path_id(page)}", done=done.mutation),
    )


def _render_issue(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    invoice = data["invoice"]
    if invoice["issuePreview"] is None:
        return context.redirect(f"/invoices/{invoice['id']}")
    return context.render("billing/issue.html", data, submitted=submitted, invoice=invoice)


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
