"""Which pipelines and stages exist for whom: for the operator's people all, for everybody else none."""

from domain.core.actors import OFFICE_AND_CLOCK
from domain.core.sources import EVERYTHING, Source

SCOPES = dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING)

PIPELINES_SOURCE = Source(name="pipelines", table="pipelines", scopes=SCOPES)
STAGES_SOURCE = Source(name="stages", table="stages", scopes=SCOPES)
