"""Pages of bulk operations on client statuses: the form, its dry run, the operation with its results, and the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.detail_page import detail_page, page_formats, path_id, redirect_to_same_page
from portal_views.forms.form_parser import FormParser, clean_text
from portal_views.forms.order_selection import OrderSelection, posted_selection, return_path
from portal_views.forms.submission import CompletedAction, FormError, SubmittedForm, submitted_form
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
    """A posted request for a bulk operation: its kind, its orders, and the create action with its inputs."""

    context: PageContext
    data: JsonObject
    action: JsonObject
    form: FormData
    selection: OrderSelection

    @property
    def kind(self) -> str:
        return str(self.form["do"])

    def submitted_form(self, *form_errors: FormError) -> SubmittedForm:
        return submitted_form(self.action, self.form, form_errors)

    def render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        back = return_path(self.form, ORDERS_PATH)
        return self.context.render(
            template,
            self.data,
            status=status,
            action=self.action,
            selection=self.selection,
            do=self.kind,
            back=back,
            **values,
        )


async def new_operation(context: PageContext) -> Response:
    """POST only, in steps: the form, the dry run, then the operation itself."""
    form = await context.request.form()
    if context.request.method == "GET" or form.get("do") not in MUTATIONS:
        return context.redirect(ORDERS_PATH)
    data = await context.query("new_bulk_operation", mutation=MUTATIONS[str(form["do"])])
    action = {**next(iter(data["beginnings"])), "subjectId": ""}
    bulk_request = BulkRequest(context=context, data=data, action=action, form=form, selection=posted_selection(form))
    if not bulk_request.selection:
        return _form_page(
            bulk_request, bulk_request.submitted_form(FormError(translate(context.language, "bulk.nothing_chosen")))
        )
    if bulk_request.kind == "set" and form.get("step") not in {"look", "do"}:
        return _form_page(bulk_request, bulk_request.submitted_form() if form.get("step") == "change" else None)
    formats = page_formats(context, data)
    parser = FormParser(form, formats)
    inputs = parser.parse([item for item in action["inputs"] if item["name"] not in INPUTS_NOT_IN_FORM])
    if parser.errors:
        return _form_page(bulk_request, bulk_request.submitted_form(*map(FormError, parser.errors.values())))
    proceed = _start if form.get("step") == "do" else _preview
    return await proceed(bulk_request, {**inputs, **bulk_request.selection.to_input(formats)})


async def _start(bulk_request: BulkRequest, inputs: Mapping[str, Any]) -> Response:
    key = clean_text(bulk_request.form.get("key", ""))[:100] or None
    start = await start_bulk(
        bulk_request.context, bulk_request.action["mutation"], {**inputs, "idempotencyKey": key}, bulk_request.action
    )
    if start.operation is None:
        return _form_page(bulk_request, bulk_request.submitted_form(*start.errors))
    return bulk_request.context.redirect(f"/bulk/{start.operation['id']}")


async def _preview(bulk_request: BulkRequest, inputs: Mapping[str, Any]) -> Response:
    preview = await dry_run(bulk_request.context, bulk_request.action["mutation"], inputs, bulk_request.action)
    if preview.operation is None:
        return _form_page(bulk_request, bulk_request.submitted_form(*preview.errors))
    typed = [(name, clean_text(value)) for name, value in bulk_request.form.multi_items() if name not in CONTROL_FIELDS]
    templates, template_id = bulk_request.data["statusTemplates"]["nodes"], bulk_request.form.get("templateId")
    wording = next((each for each in templates if each["id"] == template_id), None)
    return bulk_request.render(
        "bulk/dry_run.html", typed=typed, typed_by_name=dict(typed), wording=wording, operation=preview.operation
    )


def _form_page(bulk_request: BulkRequest, submitted: SubmittedForm | None) -> Response:
    status = 422 if submitted and submitted.errors else 200
    return bulk_request.render(
        "bulk/new.html", status=status, submitted=submitted, way=bulk_request.form.get("way", "template")
    )


async def operation(context: PageContext) -> Response:
    """The progress of an operation and the result for each order, in the order of the selection."""
    query = context.request.query_params
    outcome = query.get("outcome") if query.get("outcome") in RESULT_OUTCOMES else None
    return await detail_page(
        context,
        document="bulk_operation",
        noun="bulkOperation",
        subject_id=path_id(context),
        render=lambda context, data, submitted: _render_operation(context, data, submitted, outcome),
        redirect=_redirect,
        where={"outcome": {"eq": outcome}} if outcome else None,
        **pagination.page_arguments(query),
    )


def _render_operation(
    context: PageContext, data: JsonObject, submitted: SubmittedForm | None, outcome: str | None
) -> Response:
    operation = data["bulkOperation"]
    return context.render(
        "bulk/operation.html",
        data,
        status=422 if submitted else 200,
        operation=operation,
        submitted=submitted,
        outcome=outcome,
        outcomes=RESULT_OUTCOMES,
        neighbours=pagination.page_links(operation["items"], context.request.query_params),
    )


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, or from a retry to the new operation."""
    if completed.mutation == "bulkOperationRetry" and completed.subject_id:
        return context.redirect(f"/bulk/{completed.subject_id}")
    return redirect_to_same_page(context, completed)


async def operation_list(context: PageContext) -> Response:
    """Past operations, newest first."""
    query = context.request.query_params
    data = await context.query("bulk_operations", **pagination.page_arguments(query))
    return context.render("bulk/list.html", data, neighbours=pagination.page_links(data["bulkOperations"], query))
