"""Moving orders between stages: first what would happen, then the move; from the board and from the order list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import URL, FormData
from starlette.responses import RedirectResponse, Response

from portal_views.desk import Data, Visit, found
from portal_views.many import begin, trial
from portal_views.moves import Attempt, send
from portal_views.problems import Problem
from portal_views.reading import clean
from portal_views.selecting import Selection, asked_from, selected
from portal_views.things import ID, formats_of
from portal_views.words import say

OFF = "off"
BOARD = "/board"
FULL = "stage_is_full"
MANY = "orderBulkEnterStage"
MOVING: Data = {"mutation": "orderEnterStage", "event": "order.enterStage", "subjectId": "", "inputs": []}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which orders a form moves, and into which stage; none for off the board."""

    visit: Visit
    data: Data
    form: FormData
    chosen: Selection
    stage_id: str | None

    @property
    def stage(self) -> Data | None:
        return self.data.get("stage")

    @property
    def orders(self) -> Mapping[str, Any]:
        return self.chosen.asked(formats_of(self.visit, self.data))


async def move(visit: Visit) -> Response:
    """POST shows what a move would do, and makes it once that was seen; a dropped card nobody reacts to moves at once.

    Nothing is asked for by GET: whoever comes back to this address is led to the board.
    """
    if visit.request.method == "GET":
        return visit.see_other(BOARD)
    form = await visit.request.form()
    chosen, stage_id = selected(form), _stage_of(form)
    data = await visit.ask("board_target", id=stage_id or "", somewhere=bool(stage_id))
    asked = Asked(visit=visit, data=data, form=form, chosen=chosen, stage_id=stage_id)
    if not chosen or stage_id == "":
        word = "board.no_stage_chosen" if chosen else "board.nothing_chosen"
        return _page(asked, problems=[Problem(say(visit.language, word))])
    if stage_id:
        found(data["stage"])
    made = await _make(asked) if form.get("step") == "do" or _may_drop(asked) else ()
    return made if isinstance(made, Response) else await _look(asked, made)


def _may_drop(asked: Asked) -> bool:
    reacted_to = asked.stage and asked.stage["automations"]
    return asked.form.get("step") == "drop" and asked.chosen.only is not None and not reacted_to


async def _look(asked: Asked, refused: Sequence[Problem]) -> Response:
    """What would become of each order, and what would run; in a full stage, what would if the limit did not count."""
    given = {**asked.orders, "stageId": asked.stage_id}
    tried = await trial(asked.visit, MANY, given)
    operation = most = tried.operation
    if operation and _is_full(operation):
        most = (await trial(asked.visit, MANY, {**given, "despiteLimit": True})).operation or operation
    return _page(asked, problems=tried.problems or refused, operation=operation, most=most)


def _is_full(operation: Data) -> bool:
    return any(error["reason"] == FULL for each in operation["refused"]["nodes"] for error in each["errors"])


def _page(
    asked: Asked, *, problems: Sequence[Problem], operation: Data | None = None, most: Data | None = None
) -> Response:
    """The look before the move; `most` is the operation without the stage's limit, where there is one."""
    runs = {each["automationId"]: each["orders"] for each in most["foreseen"]} if most else {}
    reacting = asked.stage["automations"] if asked.stage and operation else []
    return asked.visit.page(
        "board/move.html",
        asked.data,
        status=422 if problems else 200,
        stage=asked.stage,
        chosen=asked.chosen,
        operation=operation,
        automations=[{**each, "orders": runs.get(each["id"], 0)} for each in reacting],
        despite=most["applied"] if most and most is not operation else 0,
        problems=problems,
        back=asked_from(asked.form, BOARD),
    )


async def _make(asked: Asked) -> Response | Sequence[Problem]:
    """The move itself, of one order by its own mutation; gives why it was refused."""
    form, only = asked.form, asked.chosen.only
    foreseen, running = set(form.getlist("foreseen")), set(form.getlist("run"))
    takes: Mapping[str, Any] = {
        "stageId": asked.stage_id,
        "skipAutomationIds": sorted(clean(each) for each in foreseen - running if ID.fullmatch(clean(each))),
        "despiteLimit": "despite" in form,
        "idempotencyKey": clean(form.get("key", ""))[:100] or None,
    }
    if only:
        done = await send(asked.visit, MOVING, form, {**takes, "id": only})
        return done.problems if isinstance(done, Attempt) else _back_to_board(asked, done.mutation)
    begun = await begin(asked.visit, MANY, {**asked.orders, **takes})
    if begun.operation is None:
        return begun.problems
    if begun.operation["state"] == "DONE" and not begun.operation["failed"]:
        return _back_to_board(asked, MANY)
    return asked.visit.see_other(f"/bulk/{begun.operation['id']}")


def _back_to_board(asked: Asked, mutation: str) -> Response:
    said = mutation if asked.stage_id else mutation.replace("EnterStage", "OffBoard")
    place = str(URL(asked_from(asked.form, BOARD)).include_query_params(done=said))
    card = f"#card-{asked.chosen.only}" if asked.chosen.only else ""
    return RedirectResponse(f"{place}{card}", status_code=303)


def _stage_of(form: FormData) -> str | None:
    """The stage that was chosen, none for off the board, empty when nothing was chosen."""
    asked = clean(form.get("stage", ""))
    if asked == OFF:
        return None
    return asked if ID.fullmatch(asked) else ""
