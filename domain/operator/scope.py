"""Scope of the operator's one row of settings: every actor may read it, as far as the API schema shows it."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

OPERATOR_SCOPE = ScopedTable(
    name="operator_settings", table="operator_settings", predicates=dict.fromkeys(ActorKind, EVERYTHING)
)
