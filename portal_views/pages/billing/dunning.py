"""The dunning run: which receivables get which reminder today, and why others get none."""

from starlette.responses import Response

from portal_views.web.page_context import PageContext


async def dunning_run(context: PageContext) -> Response:
    """What can be sent today, ticked, and what is overdue without; sending is an operation on many rows."""
    data = await context.query("dunning_run")
    return context.render("receivables/dunning.html", data, due=data["due"], left_out=data["leftOut"])
