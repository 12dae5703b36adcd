"""Scopes of pipelines and stages: all of them for the operator's employees, none for others."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import OFFICE_AND_CLOCK

SCOPES = dict.fromkeys(OFFICE_AND_CLOCK, EVERYTHING)

PIPELINES_SCOPE = ScopedTable(name="pipelines", table="pipelines", predicates=SCOPES)
STAGES_SCOPE = ScopedTable(name="stages", table="stages", predicates=SCOPES)
