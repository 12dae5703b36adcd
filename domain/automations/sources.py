"""Which automations, runs and rehearsals exist for whom: the operator's people only."""

from domain.access.scope_inheritance import inherit_scopes, restrict_kinds
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OFFICE_AND_CLOCK
from domain.orders.sources import ORDERS_SOURCE

OF_ORDERS_IN_SIGHT = restrict_kinds(inherit_scopes(ORDERS_SOURCE, "order_id"), OFFICE_AND_CLOCK)

AUTOMATIONS_SOURCE = ScopedTable(
    name="automations", table="automations", predicates=dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING)
)
AUTOMATION_RUNS_SOURCE = ScopedTable(name="automation_runs", table="automation_runs", predicates=OF_ORDERS_IN_SIGHT)
REHEARSALS_SOURCE = ScopedTable(name="rehearsals", table="rehearsals", predicates=OF_ORDERS_IN_SIGHT)
