"""The client status of one card: shown, changed or hidden from the board; a page of its own says what went wrong."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.form_parser import FormParser, clean_text
from portal_views.forms.selection import return_path
from portal_views.forms.submission import (
    FormError,
    SubmittedForm,
    concurrency_inputs,
    parse_errors,
    perform_action,
)
from portal_views.pages.boards.stage_moves import BOARD_PATH
from portal_views.web.identifiers import is_id_of
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

HIDE = "clientStatusHide"
EVENTS = {
    "clientStatusShow": "clientStatus.show",
    "clientStatusUpdate": "clientStatus.update",
    HIDE: "clientStatus.hide",
}
# What a card lets people say: one of the templates, or as it is; the name at the client's stays.
INPUTS = (
    {"name": "templateId", "type": "ID"},
    {"name": "name", "type": "STRING"},
    {"name": "expectedOn", "type": "DATE", "unchangedWhenAbsent": True},
)


async def card_status(context: PageContext) -> Response:
    """POST carries out what the card's form says and leads back to the card; GET shows that form alone."""
    form = await context.request.form()
    order_id = clean_text(form.get("order", "") or context.request.query_params.get("order", ""))
    data = await context.query("board_card", id=order_id if is_id_of("ord", order_id) else "")
    order = found_or_404(data["order"])
    status = found_or_404(order["clientStatus"])
    if context.request.method == "GET":
        return _page(context, data, form, ())
    action = _action(form, status)
    parser = FormParser(form, context.formats(data))
    inputs = parser.parse(action["inputs"]) | concurrency_inputs(form)
    if parser.errors:
        return _page(context, data, form, parse_errors(action, parser))
    outcome = await perform_action(context, action, form, {**inputs, "id": status["id"]})
    if isinstance(outcome, SubmittedForm):
        return _page(context, data, form, outcome.errors)
    return context.redirect(f"{return_path(form, BOARD_PATH)}#card-{order_id}", done=outcome.mutation)


def _action(form: FormData, status: JsonObject) -> JsonObject:
    """The posted move of the status in the shape of an open action; 404 if it is none that a card offers."""
    mutation = clean_text(form.get("mutation", ""))
    event = found_or_404(EVENTS.get(mutation))
    inputs = [] if mutation == HIDE else [{**each, "isList": False, "required": False} for each in INPUTS]
    return {"mutation": mutation, "event": event, "subjectId": status["id"], "inputs": inputs}


def _page(context: PageContext, data: JsonObject, form: FormData, errors: Sequence[FormError]) -> Response:
    return context.render(
        "board/card_status.html",
        data,
        status=422 if errors else 200,
        order=data["order"],
        typed=form,
        errors=errors,
        back=return_path(form, BOARD_PATH),
    )
