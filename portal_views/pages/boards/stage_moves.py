"""Moves of orders between stages, from the board and from the order list: a preview first, then the move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.form_parser import clean_text
from portal_views.forms.selection import Selection, posted_selection, return_path, with_preview_token
from portal_views.forms.submission import FormError, SubmittedForm, idempotency_key, perform_action
from portal_views.pages.boards.previous_stages import OFF_BOARD, UNDO, origins_of
from portal_views.web.detail_paths import detail_path
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

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
    """The orders that a form moves and the stage that they enter; None takes them off the board."""

    context: PageContext
    data: JsonObject
    form: FormData
    selection: Selection
    stage_id: str | None

    @property
    def stage(self) -> JsonObject | None:
        return self.data.get("stage")

    @property
    def orders_input(self) -> Mapping[str, Any]:
        return self.selection.to_input(self.context.formats(self.data))

    @property
    def confirmed_orders_input(self) -> Mapping[str, Any]:
        """The orders of the preview that was confirmed: the one without the stage's limit if that is ignored."""
        field = "unlimited_selection" if "despite" in self.form else "selection"
        return with_preview_token(self.selection, self.form, field).to_input(self.context.formats(self.data))


async def move_orders(context: PageContext) -> Response:
    """POST shows a preview, then makes the move; a single dropped card to which no automation reacts moves at once.

    GET leads to the board, so that a visitor who returns to this address finds something.
    """
    if context.request.method == "GET":
        return context.redirect(BOARD_PATH)
    form = await context.request.form()
    selection, stage_id = posted_selection(form), _posted_stage_id(form)
    data = await context.query("stage_move", id=stage_id or "", somewhere=bool(stage_id))
    move = StageMove(context=context, data=data, form=form, selection=selection, stage_id=stage_id)
    if not selection or stage_id == "":
        key = "board.no_stage_chosen" if selection else "board.nothing_chosen"
        return preview_page(move, errors=[FormError(translate(context.language, key))])
    if stage_id:
        found_or_404(data["stage"])
    outcome = await _perform(move) if form.get("step") == "do" or _is_direct_drop(move) else ()
    return outcome if isinstance(outcome, Response) else await _preview(move, outcome)


def _is_direct_drop(move: StageMove) -> bool:
    is_reacted_to = move.stage and move.stage["automations"]
    return move.form.get("step") == "drop" and move.selection.single_id is not None and not is_reacted_to


async def _preview(move: StageMove, errors: Sequence[FormError]) -> Response:
    """The result that the move would have; for a full stage also the result without its limit."""
    inputs = {**move.orders_input, "stageId": move.stage_id}
    preview = await dry_run(move.context, BULK_MUTATION, inputs)
    operation = unlimited = preview.operation
    if operation and _is_full(operation):
        without_limit = await dry_run(move.context, BULK_MUTATION, {**inputs, "despiteLimit": True})
        unlimited = without_limit.operation or operation
    return preview_page(move, errors=preview.errors or errors, operation=operation, unlimited=unlimited)


def _is_full(operation: JsonObject) -> bool:
    return any(
        error["reason"] == STAGE_FULL_REASON for each in operation["refused"]["nodes"] for error in each["errors"]
    )


def preview_page(
    move: StageMove,
    *,
    errors: Sequence[FormError],
    operation: JsonObject | None = None,
    unlimited: JsonObject | None = None,
) -> Response:
    """The page before the move; `unlimited` is the operation without the stage's limit, else the operation itself."""
    runs = {each["automationId"]: each["orders"] for each in unlimited["foreseen"]} if unlimited else {}
    reacting = move.stage["automations"] if move.stage and operation else []
    return move.context.render(
        "board/move_preview.html",
        move.data,
        status=422 if errors else 200,
        stage=move.stage,
        selection=move.selection,
        operation=operation,
        automations=[{**each, "orders": runs.get(each["id"], 0)} for each in reacting],
        unlimited_selection=unlimited["selection"] if unlimited else None,
        despite=unlimited["applied"] if unlimited and unlimited is not operation else 0,
        errors=errors,
        back=return_path(move.form, BOARD_PATH),
    )


async def _perform(move: StageMove) -> Response | Sequence[FormError]:
    """Make the move, that of a single order by its own mutation; return the errors if it is refused."""
    form, single_id = move.form, move.selection.single_id
    foreseen, running = set(form.getlist("foreseen")), set(form.getlist("run"))
    skipped = (clean_text(each) for each in foreseen - running)
    inputs: Mapping[str, Any] = {
        "stageId": move.stage_id,
        "skipAutomationIds": sorted(each for each in skipped if ID_PATTERN.fullmatch(each)),
        "despiteLimit": "despite" in form,
        "idempotencyKey": idempotency_key(form),
    }
    origins = await origins_of(move.context, move.selection)
    if single_id:
        outcome = await perform_action(move.context, ENTER_STAGE_ACTION, form, {**inputs, "id": single_id})
        if isinstance(outcome, SubmittedForm):
            return outcome.errors
        return _redirect_to_board(move, outcome.mutation, origins)
    start = await start_bulk(move.context, BULK_MUTATION, {**move.confirmed_orders_input, **inputs})
    if start.operation is None:
        return start.errors
    if start.operation["state"] == "DONE" and not start.operation["failed"]:
        return _redirect_to_board(move, BULK_MUTATION, origins)
    return move.context.redirect(detail_path(start.operation["id"]))


def _redirect_to_board(move: StageMove, mutation: str, origins: Sequence[str]) -> Response:
    """Lead back to the page with the cards; the board offers to undo the move."""
    done = mutation if move.stage_id else mutation.replace("EnterStage", "OffBoard")
    path = return_path(move.form, BOARD_PATH)
    undo = [(UNDO, each) for each in origins] if path.startswith(BOARD_PATH) else []
    query = f"{_joint(path)}{urlencode(undo, safe=':')}" if undo else ""
    card = f"#card-{move.selection.single_id}" if move.selection.single_id else ""
    return move.context.redirect(f"{path}{query}{card}", done=done)


def _posted_stage_id(form: FormData) -> str | None:
    """The posted stage; None for off the board, empty when none was chosen."""
    stage = clean_text(form.get("stage", ""))
    if stage == OFF_BOARD:
        return None
    return stage if ID_PATTERN.fullmatch(stage) else ""


def _joint(path: str) -> str:
    return "&" if "?" in path else "?"
