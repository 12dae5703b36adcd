"""What a customer decides about mails: one form for each contact they are, straight from the API's menu."""

from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.moves import Attempt, Done, make
from portal_views.things import done_here, formats_of

TEMPLATE = "settings/mails.html"


async def mails(visit: Visit) -> Response:
    """When mails about client statuses are sent, if at all."""
    return await choose(visit, TEMPLATE)


async def choose(visit: Visit, template: str) -> Response:
    """Show the choice, or make the posted one."""
    if visit.request.method != "POST":
        return show(visit, template, await visit.ask("status_mails"))
    data = await visit.ask("status_mails", all=True)
    outcome = await make(visit, data["viewer"]["contacts"], formats_of(visit, data))
    if isinstance(outcome, Done):
        return done_here(visit, outcome)
    return show(visit, template, await visit.ask("status_mails"), outcome)


def show(visit: Visit, template: str, data: Data, attempt: Attempt | None = None) -> Response:
    contacts = data["viewer"]["contacts"]
    return visit.page(template, data, status=422 if attempt else 200, contacts=contacts, attempt=attempt)
