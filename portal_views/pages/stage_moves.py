"""Moving orders between stages: first what would happen, then the move; from the board and from the order list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import URL, FormData
from starlette.responses import RedirectResponse, Response

from portal_views.forms.bulk_form import dry_run, start_bulk
from portal_views.forms.detail_page import ID_PATTERN, page_formats
from portal_views.forms.form_parser import clean_text
from portal_views.forms.order_selection import OrderSelection, posted_selection, return_path
from portal_views.forms.submission import SubmittedForm, run_mutation
from portal_views.problems import FormError
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
    """Which orders a form moves, and into which stage; none for off the board."""

    visit: PageContext
    data: JsonObject
    form: FormData
    selection: OrderSelection
    stage_id: str | None

    @property
    def stage(self) -> JsonObject | None:
        return self.data.get("stage")

    @property
    def orders_input(self) -> Mapping[str, Any]:
        return self.selection.to_input(page_formats(self.visit, self.data))


async def move_orders(visit: PageContext) -> Response:
    """POST shows what a move would do, and makes it once that was seen; a dropped card nobody reacts to moves at once.

    Nothing is asked for by GET: whoever comes back to this address is led to the board.
    """
    if visit.request.method == "GET":
        return visit.redirect(BOARD_PATH)
    form = await visit.request.form()
    chosen, stage_id = posted_selection(form), _posted_stage_id(form)
    data = await visit.query("stage_move", id=stage_id or "", somewhere=bool(stage_id))
    asked = StageMove(visit=visit, data=data, form=form, selection=chosen, stage_id=stage_id)
    if not chosen or stage_id == "":
        word = "board.no_stage_chosen" if chosen else "board.nothing_chosen"
        return _preview_page(asked, problems=[FormError(translate(visit.language, word))])
    if stage_id:
        found_or_404(data["stage"])
    made = await _perform(asked) if form.get("step") == "do" or _is_direct_drop(asked) else ()
    return made if isinstance(made, Response) else await _preview(asked, made)


def _is_direct_drop(asked: StageMove) -> bool:
    reacted_to = asked.stage and asked.stage["automations"]
    return asked.form.get("step") == "drop" and asked.selection.single_id is not None and not reacted_to


async def _preview(asked: StageMove, refused: Sequence[FormError]) -> Response:
    """What would become of each order, and what would run; in a full stage, what would if the limit did not count."""
    given = {**asked.orders_input, "stageId": asked.stage_id}
    tried = await dry_run(asked.visit, BULK_MUTATION, given)
    operation = most = tried.operation
    if operation and _is_full(operation):
        most = (await dry_run(asked.visit, BULK_MUTATION, {**given, "despiteLimit": True})).operation or operation
    return _preview_page(asked, problems=tried.errors or refused, operation=operation, without_limit=most)


def _is_full(operation: JsonObject) -> bool:
    return any(
        error["reason"] == STAGE_FULL_REASON for each in operation["refused"]["nodes"] for error in each["errors"]
    )


def _preview_page(
    asked: StageMove,
    *,
    problems: Sequence[FormError],
    operation: JsonObject | None = None,
    without_limit: JsonObject | None = None,
) -> Response:
    """The look before the move; `most` is the operation without the stage's limit, where there is one."""
    runs = {each["automationId"]: each["orders"] for each in without_limit["foreseen"]} if without_limit else {}
    reacting = asked.stage["automations"] if asked.stage and operation else []
    return asked.visit.render(
        "board/move_preview.html",
        asked.data,
        status=422 if problems else 200,
        stage=asked.stage,
        chosen=asked.selection,
        operation=operation,
        automations=[{**each, "orders": runs.get(each["id"], 0)} for each in reacting],
        despite=without_limit["applied"] if without_limit and without_limit is not operation else 0,
        problems=problems,
        back=return_path(asked.form, BOARD_PATH),
    )


async def _perform(asked: StageMove) -> Response | Sequence[FormError]:
    """The move itself, of one order by its own mutation; gives why it was refused."""
    form, only = asked.form, asked.selection.single_id
    foreseen, running = set(form.getlist("foreseen")), set(form.getlist("run"))
    takes: Mapping[str, Any] = {
        "stageId": asked.stage_id,
        "skipAutomationIds": sorted(
            clean_text(each) for each in foreseen - running if ID_PATTERN.fullmatch(clean_text(each))
        ),
        "despiteLimit": "despite" in form,
        "idempotencyKey": clean_text(form.get("key", ""))[:100] or None,
    }
    if only:
        done = await run_mutation(asked.visit, ENTER_STAGE_ACTION, form, {**takes, "id": only})
        return done.errors if isinstance(done, SubmittedForm) else _redirect_to_board(asked, done.mutation)
    begun = await start_bulk(asked.visit, BULK_MUTATION, {**asked.orders_input, **takes})
    if begun.operation is None:
        return begun.errors
    if begun.operation["state"] == "DONE" and not begun.operation["failed"]:
        return _redirect_to_board(asked, BULK_MUTATION)
    return asked.visit.redirect(f"/bulk/{begun.operation['id']}")


def _redirect_to_board(asked: StageMove, mutation: str) -> Response:
    said = mutation if asked.stage_id else mutation.replace("EnterStage", "OffBoard")
    place = str(URL(return_path(asked.form, BOARD_PATH)).include_query_params(done=said))
    card = f"#card-{asked.selection.single_id}" if asked.selection.single_id else ""
    return RedirectResponse(f"{place}{card}", status_code=303)


def _posted_stage_id(form: FormData) -> str | None:
    """The stage that was chosen, none for off the board, empty when nothing was chosen."""
    asked = clean_text(form.get("stage", ""))
    if asked == OFF_BOARD:
        return None
    return asked if ID_PATTERN.fullmatch(asked) else ""
