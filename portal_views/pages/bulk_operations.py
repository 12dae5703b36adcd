"""Operations on many rows: the form, the dry run, the start, and the pages of their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.form_parser import FormParser, clean_text
from portal_views.forms.lookups import SEARCH_SUFFIX, form_lookups, is_search
from portal_views.forms.selectable_lists import INVOICES, LISTS
from portal_views.forms.selection import Selection, posted_selection, return_path, with_preview_token
from portal_views.forms.submission import CompletedAction, FormError, SubmittedForm, idempotency_key, submitted_form
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import translate

ASSIGN = "orderBulkAssign"
RESULT_OUTCOMES = ("APPLIED", "UNCHANGED", "FAILED", "NOT_ATTEMPTED")
CHANGED_SINCE_PREVIEW = "changed"
CONTROL_FIELDS = {
    "accountIds-search",
    "of",
    *LISTS,
    "all",
    "filter",
    "selection",
    "do",
    "step",
    "key",
    "back",
    "stage",
    "move",
}
INPUTS_NOT_IN_FORM = {*(each.ids_input for each in LISTS.values()), "where", "all", "selection", "mode", "dryRun"}


@dataclass(frozen=True, kw_only=True)
class BulkRequest:
    """A posted form: the kind of operation, the selected rows, and the action with its inputs."""

    context: PageContext
    data: JsonObject
    action: JsonObject
    form: FormData
    selection: Selection
    sums: Sequence[JsonObject] = ()

    @property
    def kind(self) -> str:
        return _kind(self.form)

    def refused(self, *errors: FormError) -> SubmittedForm:
        return submitted_form(self.action, self.form, errors)

    def render(self, template: str, **values: Any) -> Response:
        return self.context.render(
            template,
            self.data,
            action=self.action,
            selection=self.selection,
            kind=self.kind,
            sums=self.sums,
            back=return_path(self.form, self.selection.of.path),
            **values,
        )


def _kind(form: FormData) -> str:
    """What the form does to each row: the button that was pressed, or the move that was selected beside it."""
    pressed = clean_text(form.get("do", ""))
    return clean_text(form.get("move", "")) if pressed == "move" else pressed


async def new_operation(context: PageContext) -> Response:
    """POST comes from a list: it shows the form, then the dry run, and starts the operation at last."""
    form = await context.request.form()
    selection = posted_selection(form)
    mutation = selection.of.mutations.get(_kind(form))
    if context.request.method == "GET" or mutation is None:
        return context.redirect(selection.of.path)
    data = await context.query("new_bulk_operation", mutation=mutation)
    if not data["beginnings"]:
        return context.redirect(selection.of.path)
    action = {**next(iter(data["beginnings"])), "subjectId": ""}
    request = BulkRequest(
        context=context,
        data=data,
        action=action,
        form=form,
        selection=selection,
        sums=await _sums(context, data, selection),
    )
    if not request.selection:
        return await _form_page(
            request, request.refused(FormError(translate(context.language, f"bulk.{selection.of.noun}.nothing_chosen")))
        )
    asked = [item for item in action["inputs"] if item["name"] not in INPUTS_NOT_IN_FORM]
    if asked and form.get("step") not in {"look", "do"}:
        return await _form_page(request, request.refused() if form.get("step") == "change" or is_search(form) else None)
    formats = context.formats(data)
    parser = FormParser(form, formats)
    inputs = parser.parse(asked)
    if parser.errors:
        return await _form_page(request, request.refused(*map(FormError, parser.errors.values())))
    if form.get("step") == "do":
        confirmed = with_preview_token(request.selection, form)
        return await _start(request, {**inputs, **confirmed.to_input(formats)})
    return await _preview(request, {**inputs, **request.selection.to_input(formats)})


async def _sums(context: PageContext, data: JsonObject, selection: Selection) -> Sequence[JsonObject]:
    """What the selected invoices come to, in each currency; nothing for rows of other lists."""
    if selection.of is not INVOICES or not selection:
        return ()
    found = await context.query("invoice_sums", selected=selection.where(context.formats(data)))
    sums: Sequence[JsonObject] = found["invoices"]["sums"]
    return sums


async def _start(request: BulkRequest, inputs: Mapping[str, Any]) -> Response:
    keyed = {**inputs, "idempotencyKey": idempotency_key(request.form)}
    start = await start_bulk(request.context, request.action["mutation"], keyed, request.action)
    if start.operation is None:
        return await _form_page(request, request.refused(*start.errors))
    return request.context.redirect(detail_path(start.operation["id"]))


async def _preview(request: BulkRequest, inputs: Mapping[str, Any]) -> Response:
    preview = await dry_run(request.context, request.action["mutation"], inputs, request.action)
    if preview.operation is None:
        return await _form_page(request, request.refused(*preview.errors))
    typed = [(name, clean_text(value)) for name, value in request.form.multi_items() if not _is_control(name)]
    templates, template_id = request.data["statusTemplates"]["nodes"], request.form.get("templateId")
    return request.render(
        "bulk/dry_run.html",
        typed=typed,
        typed_values=dict(typed),
        status_template=next((each for each in templates if each["id"] == template_id), None),
        operation=preview.operation,
    )


def _is_control(name: str) -> bool:
    """Whether a field of the form says how to go on, rather than what to do with each row."""
    return name in CONTROL_FIELDS or name.endswith(SEARCH_SUFFIX)


async def _form_page(request: BulkRequest, submitted: SubmittedForm | None) -> Response:
    lookups = {"accountIds": "employee"} if request.action["mutation"] == ASSIGN else {}
    return request.render(
        "bulk/new.html",
        submitted=submitted,
        way=request.form.get("way", "template"),
        selection_inputs=INPUTS_NOT_IN_FORM,
        choices=await form_lookups(request.context, lookups, {}, request.form),
    )


async def operation(context: PageContext) -> Response:
    """The progress of an operation and the result of each row, in the order in which they were selected."""
    query = context.request.query_params
    outcome = query.get("outcome") if query.get("outcome") in RESULT_OUTCOMES else None
    only_changed = query.get("outcome") == CHANGED_SINCE_PREVIEW

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        shown = data["bulkOperation"]
        return context.render(
            "bulk/operation.html",
            data,
            submitted=submitted,
            operation=shown,
            outcome=CHANGED_SINCE_PREVIEW if only_changed else outcome,
            outcomes=RESULT_OUTCOMES,
            page_links=pagination.page_links(shown["items"], query),
        )

    return await detail_page(
        context,
        document="bulk_operation",
        noun="bulkOperation",
        subject_id=path_id(context),
        render=render,
        redirect=_redirect,
        where={"changedSincePreview": True} if only_changed else {"outcome": {"eq": outcome}} if outcome else None,
        **pagination.page_arguments(query),
    )


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """A retry is an operation of its own."""
    if done.mutation == "bulkOperationRetry" and done.subject_id:
        return context.redirect(detail_path(done.subject_id))
    return redirect_to_same_page(context, done)


async def operation_list(context: PageContext) -> Response:
    """Past operations, the newest first."""
    return await pagination.list_page(
        context, document="bulk_operations", template="bulk/list.html", connection="bulkOperations"
    )
