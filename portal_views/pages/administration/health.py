"""The health of the system: its processes, its parts, what waits, and the stored history."""

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.submission import Outcome, SubmittedForm, submit_action
from portal_views.web.page_context import PageContext


async def health_overview(context: PageContext) -> Response:
    """Signs of life, the parts as this process sees them, the work that waits; a verification can be asked for."""
    data = await context.query("health")

    async def submit() -> Outcome:
        return await submit_action(context, [data["settings"]], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        report = await context.dependencies.system.report()
        return context.render("administration/health.html", data, report=report, submitted=submitted)

    return await submit_or_show(context, submit=submit, show=show)
