"""The pages of imports: what was imported, the check of a file, and a checked file that is imported or discarded."""

import base64
from dataclasses import replace
from itertools import groupby

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web import pagination
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext

OF_FINANCE = frozenset({"OPEN_INVOICES"})
# Where that is found which the files bring.
PATHS = {"MEMBERS": "/members", "CUSTOMERS": "/customers", "ORDERS": "/orders", "OPEN_INVOICES": "/receivables"}


async def import_list(context: PageContext) -> Response:
    """Imported files and those that were checked, the newest first."""
    return await pagination.list_page(
        context, document="data_imports", template="imports/list.html", connection="dataImports"
    )


async def new_import(context: PageContext) -> Response:
    """Check a file: one without a fault has a page of its own, all faults of another one are shown above the form."""
    data = await context.query("new_import")
    action = create_action(data)

    async def submit() -> Outcome:
        form = await _with_file(await context.request.form())
        return _at_file(await submit_form(context, action, form, context.formats(data)))

    async def show(submitted: SubmittedForm | None) -> Response:
        columns = _columns(data, context.visitor.role)
        wanted = submitted.form.get("kind") if submitted else context.request.query_params.get("kind")
        kind = wanted if wanted in columns else next(iter(columns))
        return context.render("imports/new.html", data, submitted=submitted, action=action, columns=columns, kind=kind)

    return await submit_or_show(context, submit=submit, show=show, redirect=_redirect)


def _columns(data: JsonObject, role: str) -> JsonObject:
    """The columns of each kind of file that a role imports."""
    columns = {kind: list(group) for kind, group in groupby(data["importColumns"], key=lambda each: str(each["kind"]))}
    of_finance = {"FINANCE": True, "STAFF": False}.get(role)
    return {kind: each for kind, each in columns.items() if of_finance in (None, kind in OF_FINANCE)}


async def data_import(context: PageContext) -> Response:
    """One checked file: what it would enter, or has entered."""

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        return context.render(
            "imports/import.html", data, submitted=submitted, data_import=data["dataImport"], paths=PATHS
        )

    return await detail_page(
        context, document="data_import", noun="dataImport", subject_id=path_id(context), render=render
    )


async def _with_file(form: FormData) -> FormData:
    """The form with the chosen file as its name and the text that the API takes."""
    rest = [(key, value) for key, value in form.multi_items() if key != "file"]
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return FormData(rest)
    content = base64.b64encode(await file.read()).decode()
    await file.close()
    return FormData([*rest, ("fileName", file.filename or ""), ("content", content)])


def _at_file(outcome: Outcome) -> Outcome:
    """The refused form, whose errors lead to the choice of the file."""
    if not isinstance(outcome, SubmittedForm):
        return outcome
    return replace(outcome, errors=[replace(error, field_id="file") for error in outcome.errors])


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(detail_path(done.subject_id), done=done.mutation)
