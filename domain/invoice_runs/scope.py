"""Scopes of invoice runs: finance only, and none that is deleted."""

from domain.access.scope_inheritance import inherit_scopes
from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.kernel.actors import ActorKind

NOT_DELETED = "{t}.deleted_at IS NULL"
INVOICE_RUNS_SCOPE = ScopedTable(
    name="invoice_runs",
    table="invoice_runs",
    predicates={
        **dict.fromkeys((ActorKind.FINANCE, ActorKind.ADMIN), NOT_DELETED),
        ActorKind.CLOCK: EVERYTHING,
    },
)


def _of_runs(table: str) -> ScopedTable:
    return ScopedTable(name=table, table=table, predicates=inherit_scopes(INVOICE_RUNS_SCOPE, "run_id"))


RUN_INVOICES_SCOPE = _of_runs("invoice_run_invoices")
RUN_PLANS_SCOPE = _of_runs("invoice_run_plans")
RUN_EXCEPTIONS_SCOPE = _of_runs("invoice_run_exceptions")
