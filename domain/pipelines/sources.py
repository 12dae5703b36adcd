"""Which pipelines and stages exist for whom: for the operator's people all, for everybody else none."""

from domain.core.actors import ActorKind
from domain.core.sources import EVERYTHING, Source

OFFICE_KINDS = (ActorKind.STAFF, ActorKind.STAFF_ASSIGNED, ActorKind.FINANCE, ActorKind.ADMIN)
SCOPES = dict.fromkeys((*OFFICE_KINDS, ActorKind.CLOCK), EVERYTHING)

PIPELINES_SOURCE = Source(name="pipelines", table="pipelines", scopes=SCOPES)
STAGES_SOURCE = Source(name="stages", table="stages", scopes=SCOPES)
