"""Mails of the outbox: to whom, about what, what became of each, and sending one again."""

from collections.abc import Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show, submit_row_action
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

TABS: Mapping[str, JsonObject] = {
    "all": {},
    "waiting": {"state": {"eq": "PENDING"}},
    "failed": {"state": {"eq": "FAILED"}},
    "bounced": {"state": {"eq": "BOUNCED"}},
    "sent": {"state": {"eq": "SENT"}},
    "dropped": {"state": {"in": ["DROPPED", "UNWANTED"]}},
}


async def mail_list(context: PageContext) -> Response:
    """One tab of the mails, the newest first."""
    named = context.request.query_params.get("tab", "")
    tab = named if named in TABS else "all"

    async def show(submitted: SubmittedForm | None) -> Response:
        return await pagination.list_page(
            context,
            document="messages",
            template="administration/mails.html",
            connection="messages",
            counted="failed" if tab == "failed" else "",
            variables={"where": TABS[tab]},
            submitted=submitted,
            tab=tab,
            tabs=TABS,
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        return context.redirect("/mails", tab=tab, done=done.mutation)

    async def submit() -> Outcome:
        return await submit_row_action(context, "message", "message")

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)
