"""Which pipelines and stages exist for whom: for the operator's people all, for everybody else none."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OFFICE_AND_CLOCK

SCOPES = dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING)

PIPELINES_SCOPE = ScopedTable(name="pipelines", table="pipelines", predicates=SCOPES)
STAGES_SCOPE = ScopedTable(name="stages", table="stages", predicates=SCOPES)
