"""Which status templates exist for whom: everybody but customers knows them all, to tell clients of orders."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

READERS = (
    ActorKind.MEMBER,
    ActorKind.STAFF,
    ActorKind.STAFF_ASSIGNED,
    ActorKind.FINANCE,
    ActorKind.ADMIN,
    ActorKind.CLOCK,
)

STATUS_TEMPLATES_SOURCE = ScopedTable(
    name="status_templates", table="status_templates", predicates=dict.fromkeys(READERS, EVERYTHING)
)
