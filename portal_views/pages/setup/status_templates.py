"""Status templates as staff keeps them: the list, and one with its preview and what was copied from it."""

from starlette.responses import Response

from portal_views.forms.detail_page import ID_PATTERN, redirect_to_same_page
from portal_views.forms.edit_page import EditPage
from portal_views.forms.submission import CompletedAction
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import LANGUAGES, translate

# What the preview fills in; the words are `setup.example.<name>`.
PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")


async def template_list(visit: PageContext) -> Response:
    """In the order in which they are offered, retired ones below."""
    return visit.render("setup/status_templates.html", await visit.query("status_templates"))


def _query_variables(visit: PageContext) -> JsonObject:
    """The operation that applied it, or tried to, when the address names one."""
    operation = visit.request.query_params.get("operation", "")
    return {"operation": operation, "watched": True} if ID_PATTERN.fullmatch(operation) else {}


def _examples(visit: PageContext, data: JsonObject) -> JsonObject:
    """What placeholders may become, in both languages."""
    examples = {
        language: {name: translate(language, f"setup.example.{name}") for name in PLACEHOLDERS}
        for language in LANGUAGES
    }
    return {"examples": examples}


def _redirect(visit: PageContext, done: CompletedAction) -> Response:
    """Applying a template is an operation of its own, whose outcome stands on the same page."""
    if done.mutation == "clientStatusBulkApplyTemplate" and done.subject_id:
        return visit.redirect(visit.request.url.path, operation=done.subject_id)
    return redirect_to_same_page(visit, done)


STATUS_TEMPLATE_PAGE = EditPage(
    noun="statusTemplate",
    document="status_template",
    template="setup/status_template.html",
    path="/setup/templates",
    query_variables=_query_variables,
    template_values=_examples,
    redirect=_redirect,
)
