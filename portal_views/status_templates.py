"""Status templates as staff keeps them: the list, and one with its preview and what was copied from it."""

from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.entries import Entry
from portal_views.moves import Done
from portal_views.things import ID, done_here
from portal_views.words import LANGUAGES, say

# What the preview fills in; the words are `setup.example.<name>`.
PLACEHOLDERS = ("project", "number", "due", "expected", "provider", "customer")


async def template_list(visit: Visit) -> Response:
    """In the order in which they are offered, retired ones below."""
    return visit.page("setup/status_templates.html", await visit.ask("status_templates"))


def _asking(visit: Visit) -> Data:
    """The operation that applied it, or tried to, when the address names one."""
    operation = visit.request.query_params.get("operation", "")
    return {"operation": operation, "watched": True} if ID.fullmatch(operation) else {}


def _examples(visit: Visit, data: Data) -> Data:
    """What placeholders may become, in both languages."""
    examples = {
        language: {name: say(language, f"setup.example.{name}") for name in PLACEHOLDERS} for language in LANGUAGES
    }
    return {"examples": examples}


def _onward(visit: Visit, done: Done) -> Response:
    """Applying a template is an operation of its own, whose outcome stands on the same page."""
    if done.mutation == "clientStatusBulkApplyTemplate" and done.subject_id:
        return visit.see_other(visit.request.url.path, operation=done.subject_id)
    return done_here(visit, done)


TEMPLATE = Entry(
    noun="statusTemplate",
    document="status_template",
    template="setup/status_template.html",
    place="/setup/templates",
    asking=_asking,
    facts=_examples,
    onward=_onward,
)
