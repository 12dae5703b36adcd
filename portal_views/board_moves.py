"""Moving orders between stages: first what would happen, then the move; from the board and from the order list."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import URL, FormData
from starlette.responses import RedirectResponse, Response

from portal_views.desk import Data, Visit, found
from portal_views.many import begin, trial
from portal_views.moves import Attempt, Done, send
from portal_views.problems import Problem
from portal_views.reading import clean
from portal_views.selecting import Selection, asked_from, selected
from portal_views.things import ID, formats_of
from portal_views.words import say

OFF = "off"
BOARD = "/board"
FULL = "stage_is_full"
MANY = "orderBulkEnterStage"


async def move(visit: Visit) -> Response:
    """POST shows what a move would do, and makes it once that was seen; a dropped card nobody reacts to moves at once.

    Nothing is asked for by GET: whoever comes back to this address is led to the board.
    """
    if visit.request.method == "GET":
        return visit.see_other(BOARD)
    form = await visit.request.form()
    chosen, stage_id = selected(form), _stage_of(form)
    data = await visit.ask("board_target", id=stage_id or "", somewhere=bool(stage_id))
    stage = found(data["stage"]) if stage_id else None
    if not chosen or stage_id == "":
        return _nothing_chosen(visit, data, form, "board.nothing_chosen" if not chosen else "board.no_stage_chosen")
    step = form.get("step")
    at_once = step == "drop" and chosen.only and not (stage and stage["automations"])
    made = await _make(visit, data, form, chosen, stage_id) if step == "do" or at_once else None
    if isinstance(made, Response):
        return made
    return await _look(visit, data, form, chosen, stage_id, made)


async def _look(
    visit: Visit, data: Data, form: FormData, chosen: Selection, stage_id: str | None, refused: Sequence[Problem] | None
) -> Response:
    """What would become of each order, and what would run; in a full stage, what would if the limit did not count."""
    asked = {**chosen.asked(formats_of(visit, data)), "stageId": stage_id}
    tried = await trial(visit, MANY, asked)
    problems, operation = tried.problems or list(refused or ()), tried.operation
    most = operation
    if operation and _is_full(operation):
        most = (await trial(visit, MANY, {**asked, "despiteLimit": True})).operation or operation
    stage = data.get("stage")
    runs = {each["automationId"]: each["orders"] for each in most["foreseen"]} if most else {}
    automations = [{**each, "orders": runs.get(each["id"], 0)} for each in stage["automations"]] if stage else []
    return visit.page(
        "board/move.html",
        data,
        status=422 if problems else 200,
        stage=stage,
        chosen=chosen,
        operation=operation,
        automations=automations,
        despite=most["applied"] if most and most is not operation else 0,
        problems=problems,
        back=asked_from(form, BOARD),
    )


def _is_full(operation: Data) -> bool:
    return any(error["reason"] == FULL for each in operation["refused"]["nodes"] for error in each["errors"])


async def _make(
    visit: Visit, data: Data, form: FormData, chosen: Selection, stage_id: str | None
) -> Response | Sequence[Problem]:
    """The move itself, of one order by its own mutation; gives why it was refused."""
    foreseen, running = set(form.getlist("foreseen")), set(form.getlist("run"))
    takes: Mapping[str, Any] = {
        "stageId": stage_id,
        "skipAutomationIds": sorted(clean(each) for each in foreseen - running if ID.fullmatch(clean(each))),
        "despiteLimit": "despite" in form,
        "idempotencyKey": clean(form.get("key", ""))[:100] or None,
    }
    if chosen.only:
        done = await send(visit, MOVING, form, {**takes, "id": chosen.only})
        return done.problems if isinstance(done, Attempt) else _back_to_board(form, done, stage_id, chosen.only)
    begun = await begin(visit, MANY, {**chosen.asked(formats_of(visit, data)), **takes})
    if begun.operation is None:
        return begun.problems
    if begun.operation["state"] == "DONE" and not begun.operation["failed"]:
        return _back_to_board(form, Done(mutation=MANY, subject_id=None), stage_id)
    return visit.see_other(f"/bulk/{begun.operation['id']}")


def _back_to_board(form: FormData, done: Done, stage_id: str | None, order_id: str = "") -> Response:
    said = done.mutation if stage_id else done.mutation.replace("EnterStage", "OffBoard")
    place = URL(asked_from(form, BOARD)).include_query_params(done=said)
    return RedirectResponse(f"{place}#card-{order_id}" if order_id else str(place), status_code=303)


def _stage_of(form: FormData) -> str | None:
    """The stage that was chosen, none for off the board, empty when nothing was chosen."""
    asked = clean(form.get("stage", ""))
    if asked == OFF:
        return None
    return asked if ID.fullmatch(asked) else ""


def _nothing_chosen(visit: Visit, data: Data, form: FormData, word: str) -> Response:
    return visit.page(
        "board/move.html",
        data,
        status=422,
        stage=data.get("stage"),
        chosen=Selection(),
        operation=None,
        automations=[],
        despite=0,
        problems=[Problem(say(visit.language, word))],
        back=asked_from(form, BOARD),
    )


MOVING: Data = {"mutation": "orderEnterStage", "event": "order.enterStage", "subjectId": "", "inputs": []}
