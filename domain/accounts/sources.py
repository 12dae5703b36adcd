"""Which accounts exist for whom: everybody has their own, the operator's people see those they work with."""

from domain.core.actors import ActorKind
from domain.core.sources import EVERYTHING, Source

OWN = "{t}.id = {account}"
COLLEAGUE = "{t}.roles && ARRAY['STAFF', 'FINANCE', 'ADMIN']"

ACCOUNTS_SOURCE = Source(
    name="accounts",
    table="accounts",
    scopes={
        ActorKind.MEMBER: OWN,
        ActorKind.CUSTOMER: OWN,
        ActorKind.STAFF: f"{OWN} OR {COLLEAGUE}",
        ActorKind.STAFF_ASSIGNED: f"{OWN} OR {COLLEAGUE}",
        ActorKind.FINANCE: f"{OWN} OR {COLLEAGUE}",
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
