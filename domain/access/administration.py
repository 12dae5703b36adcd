"""Scopes of the rows about the system itself, which administrators alone read."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.database.heartbeats import IS_PROCESS
from domain.kernel.actors import ActorKind

ADMINISTRATORS = dict.fromkeys((ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING)

AUDIT_SCOPE = ScopedTable(name="audit", table="audit", predicates=ADMINISTRATORS)
VERIFICATIONS_SCOPE = ScopedTable(name="verifications", table="verifications", predicates=ADMINISTRATORS)
HEARTBEATS_SCOPE = ScopedTable(
    name="heartbeats", table="heartbeats", predicates=dict.fromkeys(ADMINISTRATORS, f"{{t}}.{IS_PROCESS}")
)
