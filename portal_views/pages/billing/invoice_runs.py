"""The pages of invoice runs: what was run, the selection of a run, and one run with plan, invoices and exceptions."""

from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.edit_page import EditPage
from portal_views.forms.edit_state import EditState
from portal_views.forms.lookups import Values
from portal_views.forms.options import OptionsByInput
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import translate

# The lists of a run, and the connection of each.
TABS = {"plan": "plannedInvoices", "invoices": "invoices", "exceptions": "exceptions"}
CHOSEN_ROWS = {"customerIds": "customers", "memberIds": "members"}
ISSUE = "print"
SOURCES = ("PLANNED_INVOICE", "DELIVERY", "MANUAL", "REBILLING")


async def run_list(context: PageContext) -> Response:
    """Past runs and those at work, the newest first."""
    return await pagination.list_page(
        context, document="invoice_runs", template="invoice_runs/list.html", connection="invoiceRuns"
    )


async def run(context: PageContext) -> Response:
    """One run: the plan while it is on hold, its invoices, and what waits for a person."""
    query = context.request.query_params
    tab = query.get("tab") if query.get("tab") in TABS else None
    variables: dict[str, Any] = {name: tab in (None, name) for name in TABS}
    variables |= pagination.page_arguments(query if tab else QueryParams())

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        shown = data["invoiceRun"]
        current = tab or ("plan" if shown["status"] == "ON_HOLD" else "invoices")
        page_links = pagination.page_links(shown[TABS[current]], QueryParams({**query, "tab": current}))
        return context.render(
            "invoice_runs/run.html", data, submitted=submitted, run=shown, tab=current, page_links=page_links
        )

    return await detail_page(
        context,
        document="invoice_run",
        noun="invoiceRun",
        subject_id=path_id(context),
        subjects=lambda run: [run, *([run["operation"]] if run["operation"] else [])],
        render=render,
        redirect=_redirect,
        **variables,
    )


async def issue(context: PageContext) -> Response:
    """The question before all that is ready is issued: how many, which numbers and dates, and that it is final."""
    return await detail_page(
        context,
        document="invoice_run_issue",
        noun="invoiceRun",
        subject_id=path_id(context),
        subjects=lambda run: [{"openActions": [each for each in run["openActions"] if each["name"] == ISSUE]}],
        render=lambda page, data, submitted: page.render(
            "invoice_runs/issue.html", data, submitted=submitted, run=data["invoiceRun"]
        ),
        redirect=lambda page, done: page.redirect(f"/runs/{path_id(page)}", done=done.mutation),
    )


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """A deleted run no longer has a page."""
    if done.mutation == "invoiceRunDelete":
        return context.redirect("/runs", done=done.mutation)
    return redirect_to_same_page(context, done)


def _choices(context: PageContext, data: JsonObject) -> OptionsByInput:
    return {
        "sources": [{"value": each, "label": translate(context.language, f"run.source.{each}")} for each in SOURCES],
    }


def _until_today(context: PageContext, data: JsonObject) -> JsonObject:
    return {"invoiceOnUntil": context.formats(data).today().isoformat()}


def _chosen(state: EditState) -> Values:
    run = state.thing or {"customers": [], "members": []}
    return {name: [each["id"] for each in run[rows]] for name, rows in CHOSEN_ROWS.items()}


RUN_SELECTION = EditPage(
    noun="invoiceRun",
    document="invoice_run_selection",
    template="invoice_runs/selection.html",
    list_path="/runs",
    initial_values=_until_today,
    choices=_choices,
    lookups={"customerIds": "customer", "memberIds": "member"},
    chosen=_chosen,
)
