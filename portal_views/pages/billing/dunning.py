"""The dunning run: which receivables get which reminder today, and why others get none."""

from starlette.responses import Response

from portal_views.documents.waiting import waiting_in
from portal_views.web.page_context import PageContext


async def dunning_run(context: PageContext) -> Response:
    """What can be sent today, ticked, and what is overdue without; sending is an operation on many rows."""
    data = await context.query("dunning_run")
    due = data["due"]
    waiting = waiting_in(context.visitor.role, "dunning_run", "", due["boundedCount"])
    return context.render("receivables/dunning.html", data, due=due, left_out=data["leftOut"], waiting=waiting)
