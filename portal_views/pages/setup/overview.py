"""Pages of the setup: the overview, and the rules of all client statuses."""

from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, redirect_to_same_page
from portal_views.forms.form_values import form_values
from portal_views.forms.submission import CompletedAction, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext


async def setup_overview(context: PageContext) -> Response:
    """A card for each kind of setup."""
    return context.render("setup/overview.html", await context.query("setup_overview"))


async def status_rules(context: PageContext) -> Response:
    """The rules, with a form for roles that may change them."""
    data = await context.query("status_rules")
    submitted: SubmittedForm | None = None
    if context.request.method == "POST":
        outcome = await submit_action(context, [data["statusRules"]], page_formats(context, data))
        if isinstance(outcome, CompletedAction):
            return redirect_to_same_page(context, outcome)
        submitted = outcome
    return context.render(
        "setup/status_rules.html",
        data,
        status=422 if submitted else 200,
        submitted=submitted,
        **_form_values(context, data),
    )


def _form_values(context: PageContext, data: JsonObject) -> JsonObject:
    rules = data["statusRules"]
    action = next(iter(rules["openActions"]), None)
    values = form_values(rules, action["inputs"], page_formats(context, data)) if action else {}
    return {"thing": rules, "action": action, "values": values, "choices": {}, "typed": None}
