"""Which order templates exist for whom: members choose among those in use, the operator's people see all."""

from domain.core.actors import OFFICE_AND_CLOCK, ActorKind
from domain.core.belonging import below
from domain.core.sources import EVERYTHING, Source

ORDER_TEMPLATES_SOURCE = Source(
    name="order_templates",
    table="order_templates",
    scopes={**dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING), ActorKind.MEMBER: "{t}.state = 'ACTIVE'"},
)
TEMPLATE_INVOICES_SOURCE = Source(
    name="template_invoices", table="template_invoices", scopes=below(ORDER_TEMPLATES_SOURCE, "order_template_id")
)
