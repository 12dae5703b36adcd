"""The overview of everything that staff sets up."""

from starlette.responses import Response

from portal_views.web.page_context import PageContext


async def setup_overview(context: PageContext) -> Response:
    """One card for each kind of setting."""
    return context.render("setup/overview.html", await context.query("setup_overview"))
