"""Moves of orders between stages, with a preview, from the board and from the order list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import URL, FormData
from starlette.responses import RedirectResponse, Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.detail_page import ID_PATTERN, page_formats
from portal_views.forms.form_parser import clean_text
from portal_views.forms.order_selection import OrderSelection, posted_selection, return_path
from portal_views.forms.submission import FormError, SubmittedForm, run_mutation
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

OFF_BOARD = "off"
BOARD_PATH = "/board"
STAGE_FULL_REASON = "stage_is_full"
BULK_MUTATION = "orderBulkEnterStage"
ENTER_STAGE_ACTION: JsonObject = {
    "mutation": "orderEnterStage",
    "event": "order.enterStage",
    "subjectId": "",
    "inputs": [],
}


@dataclass(frozen=True, kw_only=True)
class StageMove:
    """A posted move of the selected orders into a stage; a `stage_id` of None takes them off the board."""

    context: PageContext
    data: JsonObject
    form: FormData
    selection: OrderSelection
    stage_id: str | None

    @property
    def stage(self) -> JsonObject | None:
        return self.data.get("stage")

    @property
    def orders_input(self) -> Mapping[str, Any]:
        return self.selection.to_input(page_formats(self.context, self.data))


async def move_orders(context: PageContext) -> Response:
    """POST shows a preview and, confirmed, moves the orders; a dropped card moves at once if no automation reacts.

    GET redirects to the board.
    """
    if context.request.method == "GET":
        return context.redirect(BOARD_PATH)
    form = await context.request.form()
    selection, stage_id = posted_selection(form), _posted_stage_id(form)
    data = await context.query("stage_move", id=stage_id or "", somewhere=bool(stage_id))
    stage_move = StageMove(context=context, data=data, form=form, selection=selection, stage_id=stage_id)
    if not selection or stage_id == "":
        message_key = "board.no_stage_chosen" if selection else "board.nothing_chosen"
        return _preview_page(stage_move, form_errors=[FormError(translate(context.language, message_key))])
    if stage_id:
        found_or_404(data["stage"])
    outcome = await _perform(stage_move) if form.get("step") == "do" or _is_direct_drop(stage_move) else ()
    return outcome if isinstance(outcome, Response) else await _preview(stage_move, outcome)


def _is_direct_drop(stage_move: StageMove) -> bool:
    has_automations = stage_move.stage and stage_move.stage["automations"]
    return stage_move.form.get("step") == "drop" and stage_move.selection.single_id is not None and not has_automations


async def _preview(stage_move: StageMove, refusals: Sequence[FormError]) -> Response:
    """The dry run with its results and automations; in a full stage, also the one without the stage's limit."""
    inputs = {**stage_move.orders_input, "stageId": stage_move.stage_id}
    preview = await dry_run(stage_move.context, BULK_MUTATION, inputs)
    operation = without_limit = preview.operation
    if operation and _is_full(operation):
        without_limit = (
            await dry_run(stage_move.context, BULK_MUTATION, {**inputs, "despiteLimit": True})
        ).operation or operation
    return _preview_page(
        stage_move, form_errors=preview.errors or refusals, operation=operation, without_limit=without_limit
    )


def _is_full(operation: JsonObject) -> bool:
    return any(
        error["reason"] == STAGE_FULL_REASON for each in operation["refused"]["nodes"] for error in each["errors"]
    )


def _preview_page(
    stage_move: StageMove,
    *,
    form_errors: Sequence[FormError],
    operation: JsonObject | None = None,
    without_limit: JsonObject | None = None,
) -> Response:
    """The preview page; `without_limit` is the dry run without the stage's limit, else `operation` again."""
    runs = {each["automationId"]: each["orders"] for each in without_limit["foreseen"]} if without_limit else {}
    automations = stage_move.stage["automations"] if stage_move.stage and operation else []
    return stage_move.context.render(
        "board/move_preview.html",
        stage_move.data,
        status=422 if form_errors else 200,
        stage=stage_move.stage,
        selection=stage_move.selection,
        operation=operation,
        automations=[{**each, "orders": runs.get(each["id"], 0)} for each in automations],
        despite=without_limit["applied"] if without_limit and without_limit is not operation else 0,
        form_errors=form_errors,
        back=return_path(stage_move.form, BOARD_PATH),
    )


async def _perform(stage_move: StageMove) -> Response | Sequence[FormError]:
    """Move the orders, a single one by its own mutation; return a redirect, or the errors that refused it."""
    form, order_id = stage_move.form, stage_move.selection.single_id
    foreseen, running = set(form.getlist("foreseen")), set(form.getlist("run"))
    inputs: Mapping[str, Any] = {
        "stageId": stage_move.stage_id,
        "skipAutomationIds": sorted(
            clean_text(each) for each in foreseen - running if ID_PATTERN.fullmatch(clean_text(each))
        ),
        "despiteLimit": "despite" in form,
        "idempotencyKey": clean_text(form.get("key", ""))[:100] or None,
    }
    if order_id:
        outcome = await run_mutation(stage_move.context, ENTER_STAGE_ACTION, form, {**inputs, "id": order_id})
        return (
            outcome.errors if isinstance(outcome, SubmittedForm) else _redirect_to_board(stage_move, outcome.mutation)
        )
    start = await start_bulk(stage_move.context, BULK_MUTATION, {**stage_move.orders_input, **inputs})
    if start.operation is None:
        return start.errors
    if start.operation["state"] == "DONE" and not start.operation["failed"]:
        return _redirect_to_board(stage_move, BULK_MUTATION)
    return stage_move.context.redirect(f"/bulk/{start.operation['id']}")


def _redirect_to_board(stage_move: StageMove, mutation: str) -> Response:
    done = mutation if stage_move.stage_id else mutation.replace("EnterStage", "OffBoard")
    address = str(URL(return_path(stage_move.form, BOARD_PATH)).include_query_params(done=done))
    card = f"#card-{stage_move.selection.single_id}" if stage_move.selection.single_id else ""
    return RedirectResponse(f"{address}{card}", status_code=303)


def _posted_stage_id(form: FormData) -> str | None:
    """The chosen stage; None for off the board, empty when none was chosen."""
    stage_id = clean_text(form.get("stage", ""))
    if stage_id == OFF_BOARD:
        return None
    return stage_id if ID_PATTERN.fullmatch(stage_id) else ""
