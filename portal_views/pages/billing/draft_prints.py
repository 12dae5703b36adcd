"""The page before several drafts are downloaded: how many there are, and what they come to."""

from starlette.responses import Response

from portal_views.forms.selectable_lists import INVOICES
from portal_views.forms.selection import posted_selection, return_path
from portal_views.web.page_context import PageContext

DRAFT_STATES = ("ON_HOLD", "READY_TO_SUBMIT", "PENDING_APPROVAL", "READY_TO_PRINT")


async def draft_prints(context: PageContext) -> Response:
    """POST comes from the list of invoices; of many drafts the first hundred are offered."""
    form = await context.request.form()
    selection = posted_selection(form)
    if context.request.method == "GET" or selection.of is not INVOICES:
        return context.redirect(INVOICES.path)
    selected = selection.where(context.formats(await context.query("page_context")))
    drafts = {"and": [selected, {"status": {"in": list(DRAFT_STATES)}}]}
    data = await context.query("draft_prints", selected=selected, drafts=drafts)
    return context.render("billing/draft_prints.html", data, selection=selection, back=return_path(form, INVOICES.path))
