"""Facts of a status template, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.facts import fact
from domain.kernel.availability import Availability

USED_BY = """ARRAY(SELECT a.name FROM automations a
        WHERE a.state <> 'RETIRED' AND {t}.id IN (a.template_id, a.from_template_id)
    UNION SELECT e.name FROM order_templates e WHERE e.state = 'ACTIVE' AND e.status_template_id = {t}.id
    ORDER BY 1)"""
HAS_SAME_LABEL = """s.state = 'ACTIVE' AND s.id <> {t}.id
    AND (lower(s.label_de) = lower({t}.label_de) OR lower(s.label_en) = lower({t}.label_en))"""


@dataclass(frozen=True)
class StatusTemplateFacts:
    """A template as its guards see it. `used_by` are the names of automations and order templates that refer to it.

    With `has_namesake` another active template has one of its labels.
    """

    id: UUID = fact("{t}.id")
    status: Availability = fact("{t}.state")
    used_by: tuple[str, ...] = fact(f"to_jsonb({USED_BY})")
    has_namesake: bool = fact(f"EXISTS (SELECT 1 FROM status_templates s WHERE {HAS_SAME_LABEL})")
