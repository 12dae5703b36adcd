"""Which operations exist for whom: one's own, and for those who see every order all of them."""

from domain.core.actors import ActorKind
from domain.core.belonging import below
from domain.core.sources import EVERYTHING, Source

BEGUN_BY = "{{t}}.account_id = {{account}} AND {{t}}.role = '{role}'"

BULK_OPERATIONS_SOURCE = Source(
    name="bulk_operations",
    table="bulk_operations",
    scopes={
        ActorKind.MEMBER: BEGUN_BY.format(role="MEMBER"),
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: BEGUN_BY.format(role="STAFF"),
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
BULK_RESULTS_SOURCE = Source(
    name="bulk_results", table="bulk_results", scopes=below(BULK_OPERATIONS_SOURCE, "operation_id")
)
