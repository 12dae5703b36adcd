"""Many orders into one stage of the board, or off the board."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.bulk.doing import Asked, Done
from domain.bulk.takes import StageForMany
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import TransitionContext, UnitOfWork
from domain.kernel.errors import Refused, invalid
from domain.pipelines.entering import enter_stage
from domain.pipelines.facts import OPEN_STAGE
from domain.pipelines.takes import StageEntered

ENTERED = TypeAdapter(StageEntered)
IS_OPEN = f"SELECT 1 {OPEN_STAGE}"


async def entering(move: TransitionContext) -> Mapping[str, Any]:
    """The stage that is asked for; refused at once when nobody can enter it."""
    takes: StageForMany = move.input
    if takes.stage_id and not await move.connection.execute_query_dict(IS_OPEN, [takes.stage_id]):
        raise Refused(invalid("stage_unknown", "stage_id"))
    entered = StageEntered(
        stage_id=takes.stage_id, skip_automation_ids=takes.skip_automation_ids, despite_limit=takes.despite_limit
    )
    kept: Mapping[str, Any] = ENTERED.dump_python(entered, mode="json")
    return kept


async def enter(work: UnitOfWork, order_ids: Sequence[UUID], asked: Asked, moment: EvaluationContext) -> Done:
    """Put them there; the first ones of the input get what room there is."""
    try:
        verdict = await enter_stage(work, order_ids, ENTERED.validate_python(asked.what), moment)
    except Refused as refused:
        return Done(refused=dict.fromkeys(order_ids, refused.refusals))
    return Done(applied=frozenset(verdict.fit), refused=verdict.refused)
