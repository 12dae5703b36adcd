"""Scope of operations: the account's own, all for staff who see every order, those of billing for finance."""

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

STARTED_BY = "{{t}}.account_id = {{account}} AND {{t}}.role = '{role}'"

BULK_OPERATIONS_SCOPE = ScopedTable(
    name="bulk_operations",
    table="bulk_operations",
    predicates={
        ActorKind.MEMBER: STARTED_BY.format(role="MEMBER"),
        ActorKind.STAFF: EVERYTHING,
        ActorKind.STAFF_ASSIGNED: STARTED_BY.format(role="STAFF"),
        ActorKind.FINANCE: "{t}.subject IN ('LINE', 'INVOICE', 'RECEIVABLE', 'CLAIM')",
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
BULK_RESULTS_SCOPE = ScopedTable(
    name="bulk_results", table="bulk_results", predicates=inherit_scopes(BULK_OPERATIONS_SCOPE, "operation_id")
)
