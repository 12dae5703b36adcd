"""Scope of order templates: members see the active ones, the operator's employees see all."""

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OFFICE_AND_CLOCK, ActorKind

ORDER_TEMPLATES_SCOPE = ScopedTable(
    name="order_templates",
    table="order_templates",
    predicates={**dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING), ActorKind.MEMBER: "{t}.state = 'ACTIVE'"},
)
TEMPLATE_INVOICES_SCOPE = ScopedTable(
    name="template_invoices",
    table="template_invoices",
    predicates=inherit_scopes(ORDER_TEMPLATES_SCOPE, "order_template_id"),
)
