"""Which automations, runs and rehearsals exist for whom: the operator's people only."""

from domain.core.actors import OFFICE_AND_CLOCK
from domain.core.belonging import below, limited
from domain.core.sources import EVERYTHING, Source
from domain.orders.sources import ORDERS_SOURCE

OF_ORDERS_IN_SIGHT = limited(below(ORDERS_SOURCE, "order_id"), OFFICE_AND_CLOCK)

AUTOMATIONS_SOURCE = Source(name="automations", table="automations", scopes=dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING))
AUTOMATION_RUNS_SOURCE = Source(name="automation_runs", table="automation_runs", scopes=OF_ORDERS_IN_SIGHT)
REHEARSALS_SOURCE = Source(name="rehearsals", table="rehearsals", scopes=OF_ORDERS_IN_SIGHT)
