"""Consequences of deliveries for stages: an order whose deliveries are complete advances to the next stage."""

from collections.abc import Sequence

from domain.engine.noun import Consequence
from domain.engine.transition import TransitionContext, cascade
from domain.pipelines.inputs import StageEntryInput

# All required deliveries are accepted, at least one, and none is open.
DELIVERIES_COMPLETE = """(NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.order_id = {o}.id
        AND d.status IN ('DRAFT', 'DELIVERED', 'REVISION_REQUESTED'))
    AND (SELECT count(*) FROM deliveries d WHERE d.order_id = {o}.id AND d.status = 'ACCEPTED')
        >= greatest({o}.required_deliveries, 1))"""
# The lock keeps the stages as they are until the order has advanced.
LOCK_ADVANCING_PIPELINES = """SELECT 1 FROM orders o
        JOIN stages s ON s.id = o.stage_id JOIN pipelines p ON p.id = s.pipeline_id
    WHERE o.id = ANY($1::uuid[]) AND s.advances AND p.state = 'ACTIVE' ORDER BY p.id FOR KEY SHARE OF p"""
SELECT_NEXT_STAGES = f"""SELECT DISTINCT ON (o.id) o.id AS order_id, next.id AS stage_id
    FROM orders o JOIN stages s ON s.id = o.stage_id
        JOIN stages next ON next.pipeline_id = s.pipeline_id AND next.position > s.position
    WHERE o.id = ANY($1::uuid[]) AND s.advances AND o.archived_at IS NULL AND o.status NOT IN ('CANCELED', 'REJECTED')
        AND {DELIVERIES_COMPLETE.replace("{o}", "o")}
    ORDER BY o.id, next.position"""


async def advance_completed_orders(moves: Sequence[TransitionContext]) -> None:
    """The clock advances the orders of deliveries by one stage; an order in the last stage stays."""
    connection, order_ids = moves[0].connection, [move.row.order_id for move in moves]
    if await connection.execute_query_dict(LOCK_ADVANCING_PIPELINES, [order_ids]):
        rows = await connection.execute_query_dict(SELECT_NEXT_STAGES, [order_ids])
        entries = [(row["order_id"], StageEntryInput(stage_id=row["stage_id"])) for row in rows]
        await cascade(moves, "order", "enterStage", entries)


CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {
    "delivery.accept": (advance_completed_orders,),
    "delivery.autoAccept": (advance_completed_orders,),
    "delivery.cancel": (advance_completed_orders,),
    "delivery.discard": (advance_completed_orders,),
}
