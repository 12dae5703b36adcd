"""Which status templates exist for whom: everybody but customers knows them all, to tell clients of orders."""

from domain.core.actors import ActorKind
from domain.core.sources import EVERYTHING, Source

READERS = (
    ActorKind.MEMBER,
    ActorKind.STAFF,
    ActorKind.STAFF_ASSIGNED,
    ActorKind.FINANCE,
    ActorKind.ADMIN,
    ActorKind.CLOCK,
)

STATUS_TEMPLATES_SOURCE = Source(
    name="status_templates", table="status_templates", scopes=dict.fromkeys(READERS, EVERYTHING)
)
