"""The page on which a member proposes a further invoice of one of their running orders."""

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.form_parser import clean_text
from portal_views.forms.lookups import form_lookups
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import translate

MUTATION, ORDER = "linePropose", "orderId"
ORDER_INPUT: JsonObject = {
    "name": ORDER,
    "hint": None,
    "type": "ID",
    "isList": False,
    "required": True,
    "multiline": False,
    "default": None,
    "unchangedWhenAbsent": False,
    "shortest": None,
    "longest": None,
    "least": None,
    "most": None,
    "idKind": "ord",
    "options": [],
    "fields": [],
}


async def new_proposal(context: PageContext) -> Response:
    """Choose the order, then text, amount and date; the order's page offers the same form without the choice."""
    data = await context.query("propose_invoice")
    action = _action(context, data)
    form = await context.request.form() if context.request.method == "POST" else {}

    async def submit() -> Outcome:
        return await submit_form(context, action, await context.request.form(), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        chosen = {ORDER: [context.request.query_params.get("order", "")]}
        return context.render(
            "billing/propose.html",
            data,
            submitted=submitted,
            action=action,
            choices=await form_lookups(context, {ORDER: "active_order"}, chosen, submitted.form if submitted else None),
            has_active_order=bool(data["latest"]["nodes"]),
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        return context.redirect(detail_path(clean_text(form.get(ORDER, ""))), done=done.mutation)

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)


def _action(context: PageContext, data: JsonObject) -> JsonObject:
    """The open action of any running order, with the order as one more input; closed without such an order."""
    found = (action for order in data["latest"]["nodes"] for action in order["openActions"])
    known = next((action for action in found if action["mutation"] == MUTATION), None)
    order_input = ORDER_INPUT | {"label": translate(context.language, "invoice.order")}
    if known is None:
        return {"mutation": MUTATION, "event": "line.propose", "subjectId": "", "allowed": False, "inputs": []}
    return {**known, "subjectId": "", "subjectField": "", "inputs": [order_input, *known["inputs"]]}
