"""Which status templates exist for whom: everybody but customers knows them all, to tell clients of orders."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

ALL_BUT_CUSTOMER_KINDS = (
    ActorKind.MEMBER,
    ActorKind.STAFF,
    ActorKind.STAFF_ASSIGNED,
    ActorKind.FINANCE,
    ActorKind.ADMIN,
    ActorKind.CLOCK,
)

STATUS_TEMPLATES_SCOPE = ScopedTable(
    name="status_templates", table="status_templates", predicates=dict.fromkeys(ALL_BUT_CUSTOMER_KINDS, EVERYTHING)
)
