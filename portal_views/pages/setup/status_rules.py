"""The rules for all client statuses: everyone on the staff reads them, administrators change them."""

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.form_values import form_values
from portal_views.forms.submission import Outcome, SubmittedForm, submit_action
from portal_views.web.page_context import JsonObject, PageContext


async def status_rules(context: PageContext) -> Response:
    """The rules, as a form for those who may change them."""
    data = await context.query("status_rules")

    async def submit() -> Outcome:
        return await submit_action(context, [data["statusRules"]], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render("setup/status_rules.html", data, submitted=submitted, **_form_values(context, data))

    return await submit_or_show(context, submit=submit, show=show)


def _form_values(context: PageContext, data: JsonObject) -> JsonObject:
    rules = data["statusRules"]
    action = next(iter(rules["openActions"]), None)
    values = form_values(rules, action["inputs"], context.formats(data)) if action else {}
    return {"thing": rules, "action": action, "values": values, "choices": {}, "typed": None}
