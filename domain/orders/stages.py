"""An order on the board: it enters a stage, or leaves the board."""

from domain.engine.unit_of_work import TransitionContext
from domain.kernel.errors import Refused, guard_failed
from domain.pipelines.stage_entry import enter_stage


async def enter(move: TransitionContext) -> None:
    """Nothing is written when the order is where it is to go; that is refused, so that nobody waits for more."""
    verdict = await enter_stage(move.work, [move.row.id], move.input, move.context)
    for refusals in verdict.refused.values():
        raise Refused(*refusals)
    if verdict.unchanged:
        raise Refused(guard_failed("already_in_stage"))
