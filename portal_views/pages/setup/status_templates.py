"""The pages of status templates: the list, and one with its preview and its application to orders."""

from starlette.responses import Response

from portal_views.forms.detail_page import redirect_to_same_page
from portal_views.forms.edit_page import EditPage
from portal_views.forms.submission import CompletedAction
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import LANGUAGES, translate

# The placeholders that the preview fills with the words `setup.example.<name>`.
PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")


async def template_list(context: PageContext) -> Response:
    """The templates in the order in which they are offered, retired ones below."""
    return context.render("setup/status_templates.html", await context.query("status_templates"))


def _query_variables(context: PageContext) -> JsonObject:
    """The operation that applied the template, or its dry run, when the address names one."""
    operation = context.request.query_params.get("operation", "")
    return {"operation": operation, "watched": True} if ID_PATTERN.fullmatch(operation) else {}


def _examples(context: PageContext, data: JsonObject) -> JsonObject:
    """An example for each placeholder in both languages."""
    examples = {
        language: {name: translate(language, f"setup.example.{name}") for name in PLACEHOLDERS}
        for language in LANGUAGES
    }
    return {"examples": examples}


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """The application of a template is an operation of its own, whose outcome the same page shows."""
    if done.mutation == "clientStatusBulkApplyTemplate" and done.subject_id:
        return context.redirect(context.request.url.path, operation=done.subject_id)
    return redirect_to_same_page(context, done)


STATUS_TEMPLATE_PAGE = EditPage(
    noun="statusTemplate",
    document="status_template",
    template="setup/status_template.html",
    list_path="/setup/templates",
    query_variables=_query_variables,
    template_values=_examples,
    redirect=_redirect,
)
