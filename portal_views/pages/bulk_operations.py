"""Telling the clients of many orders something: what, what would become of each, the deed and its results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.detail_page import detail_page, page_formats, path_id, redirect_to_same_page
from portal_views.forms.form_parser import FormParser, clean_text
from portal_views.forms.order_selection import OrderSelection, posted_selection, return_path
from portal_views.forms.submission import CompletedAction, SubmittedForm, submitted_form
from portal_views.problems import FormError
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import translate

MUTATIONS = {"set": "clientStatusBulkSet", "hide": "clientStatusBulkHide"}
RESULT_OUTCOMES = ("APPLIED", "UNCHANGED", "FAILED", "NOT_ATTEMPTED")
CONTROL_FIELDS = {"order", "all", "filter", "do", "step", "key", "back", "stage"}
INPUTS_NOT_IN_FORM = {"orderIds", "where", "mode", "dryRun"}
ORDERS_PATH = "/orders"


@dataclass(frozen=True, kw_only=True)
class BulkRequest:
    """What a form asks to be done, to which orders, and what the API says that takes."""

    visit: PageContext
    data: JsonObject
    action: JsonObject
    form: FormData
    selection: OrderSelection

    @property
    def kind(self) -> str:
        return str(self.form["do"])

    def submitted_form(self, *problems: FormError) -> SubmittedForm:
        return submitted_form(self.action, self.form, problems)

    def render(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        back = return_path(self.form, ORDERS_PATH)
        return self.visit.render(
            template,
            self.data,
            status=status,
            action=self.action,
            chosen=self.selection,
            do=self.kind,
            back=back,
            **facts,
        )


async def new_operation(visit: PageContext) -> Response:
    """POST of the order list begins it: what is to be done, then what would become of it, then the deed."""
    form = await visit.request.form()
    if visit.request.method == "GET" or form.get("do") not in MUTATIONS:
        return visit.redirect(ORDERS_PATH)
    data = await visit.query("new_bulk_operation", mutation=MUTATIONS[str(form["do"])])
    action = {**next(iter(data["beginnings"])), "subjectId": ""}
    asked = BulkRequest(visit=visit, data=data, action=action, form=form, selection=posted_selection(form))
    if not asked.selection:
        return _form_page(asked, asked.submitted_form(FormError(translate(visit.language, "bulk.nothing_chosen"))))
    if asked.kind == "set" and form.get("step") not in {"look", "do"}:
        return _form_page(asked, asked.submitted_form() if form.get("step") == "change" else None)
    formats = page_formats(visit, data)
    reading = FormParser(form, formats)
    given = reading.parse([item for item in action["inputs"] if item["name"] not in INPUTS_NOT_IN_FORM])
    if reading.errors:
        return _form_page(asked, asked.submitted_form(*map(FormError, reading.errors.values())))
    make = _start if form.get("step") == "do" else _preview
    return await make(asked, {**given, **asked.selection.to_input(formats)})


async def _start(asked: BulkRequest, given: Mapping[str, Any]) -> Response:
    key = clean_text(asked.form.get("key", ""))[:100] or None
    begun = await start_bulk(asked.visit, asked.action["mutation"], {**given, "idempotencyKey": key}, asked.action)
    if begun.operation is None:
        return _form_page(asked, asked.submitted_form(*begun.errors))
    return asked.visit.redirect(f"/bulk/{begun.operation['id']}")


async def _preview(asked: BulkRequest, given: Mapping[str, Any]) -> Response:
    tried = await dry_run(asked.visit, asked.action["mutation"], given, asked.action)
    if tried.operation is None:
        return _form_page(asked, asked.submitted_form(*tried.errors))
    typed = [(name, clean_text(value)) for name, value in asked.form.multi_items() if name not in CONTROL_FIELDS]
    templates, template_id = asked.data["statusTemplates"]["nodes"], asked.form.get("templateId")
    wording = next((each for each in templates if each["id"] == template_id), None)
    return asked.render("bulk/dry_run.html", typed=typed, said=dict(typed), wording=wording, operation=tried.operation)


def _form_page(asked: BulkRequest, attempt: SubmittedForm | None) -> Response:
    status = 422 if attempt and attempt.errors else 200
    return asked.render("bulk/new.html", status=status, attempt=attempt, way=asked.form.get("way", "template"))


async def operation(visit: PageContext) -> Response:
    """How far an operation is, and what became of each order, in the order in which they were named."""
    query = visit.request.query_params
    outcome = query.get("outcome") if query.get("outcome") in RESULT_OUTCOMES else None
    return await detail_page(
        visit,
        document="bulk_operation",
        noun="bulkOperation",
        subject_id=path_id(visit),
        render=lambda visit, data, attempt: _render_operation(visit, data, attempt, outcome),
        redirect=_redirect,
        where={"outcome": {"eq": outcome}} if outcome else None,
        **pagination.page_arguments(query),
    )


def _render_operation(
    visit: PageContext, data: JsonObject, attempt: SubmittedForm | None, outcome: str | None
) -> Response:
    shown = data["bulkOperation"]
    return visit.render(
        "bulk/operation.html",
        data,
        status=422 if attempt else 200,
        operation=shown,
        attempt=attempt,
        outcome=outcome,
        outcomes=RESULT_OUTCOMES,
        neighbours=pagination.page_links(shown["items"], visit.request.query_params),
    )


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """What is tried again is an operation of its own."""
    if done.mutation == "bulkOperationRetry" and done.subject_id:
        return visit.redirect(f"/bulk/{done.subject_id}")
    return redirect_to_same_page(visit, done)


async def operation_list(visit: PageContext) -> Response:
    """Operations of the past, the newest first."""
    query = visit.request.query_params
    data = await visit.query("bulk_operations", **pagination.page_arguments(query))
    return visit.render("bulk/list.html", data, neighbours=pagination.page_links(data["bulkOperations"], query))
