"""Facts of a pipeline, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.facts import fact
from domain.kernel.availability import Availability
from domain.pipelines.reads import COUNTED_ON_THE_BOARD

SELECT_STAGES = "SELECT s.id FROM stages s WHERE s.pipeline_id = {t}.id"
OPEN_ORDERS = f"""(SELECT count(*) FROM orders o WHERE o.stage_id IN ({SELECT_STAGES})
    AND {COUNTED_ON_THE_BOARD.replace("{o}", "o")})"""


def used_by_sql(stages: str, *, pipeline: str = "NULL") -> str:
    """SQL: an array of the names of automations and order templates that refer to these stages or this pipeline.

    Retired ones do not count.
    """
    return f"""ARRAY(SELECT a.name FROM automations a WHERE a.state <> 'RETIRED'
            AND (a.pipeline_id = {pipeline} OR a.stage_id IN ({stages}) OR a.target_stage_id IN ({stages}))
        UNION SELECT e.name FROM order_templates e WHERE e.state = 'ACTIVE' AND e.stage_id IN ({stages}) ORDER BY 1)"""


USED_BY = used_by_sql(SELECT_STAGES, pipeline="{t}.id")


@dataclass(frozen=True)
class PipelineFacts:
    """A pipeline as its guards see it; `open_orders` are neither ended nor archived."""

    id: UUID = fact("{t}.id")
    status: Availability = fact("{t}.state")
    stage_ids: tuple[UUID, ...] = fact(f"to_jsonb(ARRAY({SELECT_STAGES} ORDER BY s.position))")
    open_orders: int = fact(OPEN_ORDERS)
    used_by: tuple[str, ...] = fact(f"to_jsonb({USED_BY})")
