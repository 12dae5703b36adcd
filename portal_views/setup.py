"""What the operator's people set up: an overview, and the rules that hold for all client statuses."""

from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.filled import values_of
from portal_views.moves import Attempt, Done, make
from portal_views.things import done_here, formats_of


async def overview(visit: Visit) -> Response:
    """A card for each of the things that are set up."""
    return visit.page("setup/overview.html", await visit.ask("setup"))


async def rules(visit: Visit) -> Response:
    """The rules, and a form for those who may change them."""
    data = await visit.ask("rules")
    attempt: Attempt | None = None
    if visit.request.method == "POST":
        outcome = await make(visit, [data["statusRules"]], formats_of(visit, data))
        if isinstance(outcome, Done):
            return done_here(visit, outcome)
        attempt = outcome
    return visit.page("setup/rules.html", data, status=422 if attempt else 200, attempt=attempt, **_form(visit, data))


def _form(visit: Visit, data: Data) -> Data:
    rules = data["statusRules"]
    action = next(iter(rules["openActions"]), None)
    values = values_of(rules, action["inputs"], formats_of(visit, data)) if action else {}
    return {"thing": rules, "action": action, "values": values, "choices": {}, "typed": None}
