"""What the operator's people set up: an overview, and the rules that hold for all client statuses."""

from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, redirect_to_same_page
from portal_views.forms.form_values import form_values
from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext


async def setup_overview(visit: PageContext) -> Response:
    """A card for each of the things that are set up."""
    return visit.render("setup/overview.html", await visit.query("setup_overview"))


async def status_rules(visit: PageContext) -> Response:
    """The rules, and a form for those who may change them."""
    data = await visit.query("status_rules")
    attempt: SubmittedForm | None = None
    if visit.request.method == "POST":
        outcome = await submit_action(visit, [data["statusRules"]], page_formats(visit, data))
        if isinstance(outcome, CompletedAction):
            return redirect_to_same_page(visit, outcome)
        attempt = outcome
    return visit.render(
        "setup/status_rules.html", data, status=422 if attempt else 200, attempt=attempt, **_form_values(visit, data)
    )


def _form_values(visit: PageContext, data: JsonObject) -> JsonObject:
    rules = data["statusRules"]
    action = next(iter(rules["openActions"]), None)
    values = form_values(rules, action["inputs"], page_formats(visit, data)) if action else {}
    return {"thing": rules, "action": action, "values": values, "choices": {}, "typed": None}
