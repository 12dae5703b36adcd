"""Undo of a move on the board: the orders go back to the stages that they came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.bulk_form import start_bulk
from portal_views.forms.selection import Selection, return_path
from portal_views.forms.submission import idempotency_key
from portal_views.pages.boards.previous_stages import UNDO, orders_by_stage, valid_origins
from portal_views.pages.boards.stage_moves import BOARD_PATH, BULK_MUTATION, StageMove, preview_page
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import PageContext

UNDONE = "boardUndone"


async def undo_moves(context: PageContext) -> Response:
    """POST takes the orders back; no automation runs and no limit holds, because they have been there before."""
    if context.request.method == "GET":
        return context.redirect(BOARD_PATH)
    form = await context.request.form()
    for stage_id, order_ids in orders_by_stage(valid_origins(form.getlist(UNDO))).items():
        obstacle = await _take_back(context, form, stage_id, order_ids)
        if obstacle:
            return obstacle
    return context.redirect(return_path(form, BOARD_PATH), done=UNDONE)


async def _take_back(
    context: PageContext, form: FormData, stage_id: str | None, order_ids: Sequence[str]
) -> Response | None:
    """Take orders back to one stage; return the page that says why that did not work, if so."""
    data = await context.query("stage_move", id=stage_id or "", somewhere=bool(stage_id))
    selection = Selection(ids=tuple(order_ids))
    move = StageMove(context=context, data=data, form=form, selection=selection, stage_id=stage_id)
    start = await start_bulk(context, BULK_MUTATION, {**move.orders_input, **_inputs(move)})
    if start.operation is None:
        return preview_page(move, errors=start.errors)
    return context.redirect(detail_path(start.operation["id"])) if start.operation["failed"] else None


def _inputs(move: StageMove) -> Mapping[str, Any]:
    key = idempotency_key(move.form)
    return {
        "stageId": move.stage_id,
        "skipAutomationIds": [each["id"] for each in move.stage["automations"]] if move.stage else [],
        "despiteLimit": True,
        "idempotencyKey": key and f"{key}-{move.stage_id}",
    }
