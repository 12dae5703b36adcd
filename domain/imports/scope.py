"""Scope of imports: employees who see all orders."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

DATA_IMPORTS_SCOPE = ScopedTable(
    name="data_imports",
    table="data_imports",
    predicates=dict.fromkeys((ActorKind.STAFF, ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING),
)
