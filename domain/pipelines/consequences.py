"""Consequences of deliveries for stages: an order whose deliveries are complete advances to the next stage."""

from uuid import UUID

from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext
from domain.pipelines.inputs import StageEntryInput

# All required deliveries are accepted, at least one, and none is open.
DELIVERIES_COMPLETE = """(NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = {o}.id
        AND d.status IN ('DRAFT', 'DELIVERED', 'REVISION_REQUESTED'))
    AND (SELECT count(*) FROM deliveries d WHERE d.order_id = {o}.id AND d.status = 'ACCEPTED')
        >= greatest({o}.required_deliveries, 1))"""
# The lock keeps the stages as they are until the order has advanced.
LOCK_ADVANCING_PIPELINE = """SELECT 1 FROM orders o
        JOIN stages s ON s.id = o.stage_id JOIN pipelines p ON p.id = s.pipeline_id
    WHERE o.id = $1 AND s.advances AND p.state = 'ACTIVE' FOR KEY SHARE OF p"""
SELECT_NEXT_STAGE = f"""SELECT next.id FROM orders o JOIN stages s ON s.id = o.stage_id
        JOIN stages next ON next.pipeline_id = s.pipeline_id AND next.position > s.position
    WHERE o.id = $1 AND s.advances AND o.archived_at IS NULL AND o.status NOT IN ('CANCELED', 'REJECTED')
        AND {DELIVERIES_COMPLETE.replace("{o}", "o")}
    ORDER BY next.position LIMIT 1"""


async def advance_completed_order(move: TransitionContext) -> None:
    """The clock advances the order of a delivery by one stage; an order in the last stage stays."""
    order_id: UUID = move.row.order_id
    if await move.connection.execute_query_dict(LOCK_ADVANCING_PIPELINE, [order_id]):
        for row in await move.connection.execute_query_dict(SELECT_NEXT_STAGE, [order_id]):
            await move.cascade("order", "enterStage", [order_id], StageEntryInput(stage_id=row["id"]))


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "delivery.accept": (advance_completed_order,),
    "delivery.autoAccept": (advance_completed_order,),
    "delivery.cancel": (advance_completed_order,),
    "delivery.discard": (advance_completed_order,),
}
