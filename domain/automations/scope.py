"""Scopes of automations, runs and rehearsals: the operator's employees only."""

from domain.access.scope_inheritance import inherit_scopes, restrict_kinds
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OFFICE_AND_CLOCK
from domain.orders.scope import ORDERS_SCOPE

VISIBLE_ORDERS_SCOPE = restrict_kinds(inherit_scopes(ORDERS_SCOPE, "order_id"), OFFICE_AND_CLOCK)

AUTOMATIONS_SCOPE = ScopedTable(
    name="automations", table="automations", predicates=dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING)
)
AUTOMATION_RUNS_SCOPE = ScopedTable(name="automation_runs", table="automation_runs", predicates=VISIBLE_ORDERS_SCOPE)
REHEARSALS_SCOPE = ScopedTable(name="rehearsals", table="rehearsals", predicates=VISIBLE_ORDERS_SCOPE)
