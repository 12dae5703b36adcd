"""Handler of stage entries: many orders enter one stage, or leave the board."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.bulk.handlers.base import HandlerRequest, HandlerResult
from domain.bulk.inputs import BulkStageInput
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.errors import Refused, invalid
from domain.pipelines.inputs import StageEntryInput
from domain.pipelines.reads import SELECT_OPEN_STAGE
from domain.pipelines.stage_entry import enter_stage

INPUT_ADAPTER = TypeAdapter(StageEntryInput)


async def stage_entry_parameters(move: TransitionContext) -> Mapping[str, Any]:
    """The stage entry to store; refused at once when the stage is not open."""
    input: BulkStageInput = move.input
    if input.stage_id and not await move.connection.execute_query_dict(SELECT_OPEN_STAGE, [input.stage_id]):
        raise Refused(invalid("stage_unknown", "stage_id"))
    entry = StageEntryInput(
        stage_id=input.stage_id, skip_automation_ids=input.skip_automation_ids, despite_limit=input.despite_limit
    )
    stored: Mapping[str, Any] = INPUT_ADAPTER.dump_python(entry, mode="json")
    return stored


async def enter_stage_for_many(
    work: UnitOfWork, order_ids: Sequence[UUID], request: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Enter the stage; where it has a limit, the first orders of the input enter."""
    try:
        result = await enter_stage(work, order_ids, INPUT_ADAPTER.validate_python(request.parameters), context)
    except Refused as refusal:
        return HandlerResult(refused=dict.fromkeys(order_ids, refusal.refusals))
    return HandlerResult(applied=frozenset(result.entered), refused=result.refused)
