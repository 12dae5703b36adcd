"""Many orders into one stage of the board, or off the board."""

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
    """The stage that is asked for; refused at once when nobody can enter it."""
    input: BulkStageInput = move.input
    if input.stage_id and not await move.connection.execute_query_dict(SELECT_OPEN_STAGE, [input.stage_id]):
        raise Refused(invalid("stage_unknown", "stage_id"))
    entered = StageEntryInput(
        stage_id=input.stage_id, skip_automation_ids=input.skip_automation_ids, despite_limit=input.despite_limit
    )
    kept: Mapping[str, Any] = INPUT_ADAPTER.dump_python(entered, mode="json")
    return kept


async def enter_stage_for_many(
    work: UnitOfWork, order_ids: Sequence[UUID], asked: HandlerRequest, context: EvaluationContext
) -> HandlerResult:
    """Put them there; the first ones of the input get what room there is."""
    try:
        verdict = await enter_stage(work, order_ids, INPUT_ADAPTER.validate_python(asked.parameters), context)
    except Refused as refused:
        return HandlerResult(refused=dict.fromkeys(order_ids, refused.refusals))
    return HandlerResult(applied=frozenset(verdict.entered), refused=verdict.refused)
