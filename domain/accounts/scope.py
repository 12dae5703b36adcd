"""Scope of accounts: everyone sees their own, employees see their colleagues, administrators see all."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

OWN = "{t}.id = {account}"
COLLEAGUE = "{t}.roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']"

ACCOUNTS_SCOPE = ScopedTable(
    name="accounts",
    table="accounts",
    predicates={
        ActorKind.MEMBER: OWN,
        ActorKind.CUSTOMER: OWN,
        ActorKind.STAFF: f"{OWN} OR {COLLEAGUE}",
        ActorKind.STAFF_ASSIGNED: f"{OWN} OR {COLLEAGUE}",
        ActorKind.FINANCE: f"{OWN} OR {COLLEAGUE}",
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
