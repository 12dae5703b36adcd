"""Facts of an order template, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.client_status.model import Visibility
from domain.engine.facts import fact
from domain.kernel.availability import Availability

AUTOMATIONS_USING_IT = """ARRAY(SELECT a.name FROM automations a WHERE a.state <> 'RETIRED'
    AND a.order_template_id = {t}.id ORDER BY 1)"""
HAS_NAMESAKE = """EXISTS (SELECT 1 FROM order_templates e
    WHERE e.state = 'ACTIVE' AND e.id <> {t}.id AND lower(e.name) = lower({t}.name))"""
STAGE_IS_IN_USE = """coalesce((SELECT p.state = 'ACTIVE' FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
    WHERE s.id = {t}.stage_id), TRUE)"""
STATUS_IS_IN_USE = """coalesce((SELECT s.state = 'ACTIVE' FROM status_templates s
    WHERE s.id = {t}.status_template_id), TRUE)"""


@dataclass(frozen=True)
class OrderTemplateFacts:
    """A template as its guards see it. `used_by` are the names of the automations that refer to it."""

    id: UUID = fact("{t}.id")
    status: Availability = fact("{t}.state")
    status_template_id: UUID | None = fact("{t}.status_template_id")
    status_visibility: Visibility = fact("{t}.status_visibility")
    used_by: tuple[str, ...] = fact(f"to_jsonb({AUTOMATIONS_USING_IT})")
    has_namesake: bool = fact(HAS_NAMESAKE)
    stage_is_in_use: bool = fact(STAGE_IS_IN_USE)
    status_template_is_in_use: bool = fact(STATUS_IS_IN_USE)
