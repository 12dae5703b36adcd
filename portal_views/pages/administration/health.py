"""The health of the system: its processes, its parts, and what waits."""

from starlette.responses import Response

from portal_views.web.page_context import PageContext


async def health_overview(context: PageContext) -> Response:
    """Signs of life, the reachability of each part as this process sees it, and the work that waits."""
    report = await context.dependencies.system.report()
    return context.render("administration/health.html", await context.query("health"), report=report)
