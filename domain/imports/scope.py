"""Scope of imports: finance imports open invoices, employees who see all orders everything else."""

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.imports.model import ImportKind
from domain.kernel.actors import ActorKind

OF_FINANCE = f"{{t}}.kind = '{ImportKind.OPEN_INVOICES}'"
DATA_IMPORTS_SCOPE = ScopedTable(
    name="data_imports",
    table="data_imports",
    predicates={
        ActorKind.STAFF: f"NOT {OF_FINANCE}",
        ActorKind.FINANCE: OF_FINANCE,
        ActorKind.ADMIN: EVERYTHING,
        ActorKind.CLOCK: EVERYTHING,
    },
)
