"""Pages of status templates for staff: the list, and one template with its preview and its last application."""

from starlette.responses import Response

from portal_views.forms.detail_page import ID_PATTERN, redirect_to_same_page
from portal_views.forms.edit_page import EditPage
from portal_views.forms.submission import CompletedAction
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import LANGUAGES, translate

# Placeholders that the preview fills in with the texts `setup.example.<name>`.
PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")


async def template_list(context: PageContext) -> Response:
    """All status templates by position, retired ones below."""
    return context.render("setup/status_templates.html", await context.query("status_templates"))


def _query_variables(context: PageContext) -> JsonObject:
    """The operation that applied the template, when the query names one."""
    operation = context.request.query_params.get("operation", "")
    return {"operation": operation, "watched": True} if ID_PATTERN.fullmatch(operation) else {}


def _examples(context: PageContext, data: JsonObject) -> JsonObject:
    """Example texts of the placeholders in both languages."""
    examples = {
        language: {name: translate(language, f"setup.example.{name}") for name in PLACEHOLDERS}
        for language in LANGUAGES
    }
    return {"examples": examples}


def _redirect(context: PageContext, completed: CompletedAction) -> Response:
    """Redirect to the same page, after an application with its operation, whose results the page then shows."""
    if completed.mutation == "clientStatusBulkApplyTemplate" and completed.subject_id:
        return context.redirect(context.request.url.path, operation=completed.subject_id)
    return redirect_to_same_page(context, completed)


STATUS_TEMPLATE_PAGE = EditPage(
    noun="statusTemplate",
    document="status_template",
    template="setup/status_template.html",
    path="/setup/templates",
    query_variables=_query_variables,
    template_values=_examples,
    redirect=_redirect,
)
