"""Facts of an invoice run, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.engine.facts import fact
from domain.invoice_runs.model import InvoiceRunStatus

OF_RUN = """FROM invoice_run_invoices g JOIN invoices i ON i.id = g.id
    WHERE g.run_id = {t}.id AND i.status <> 'CANCELED'"""
OPERATION_RUNS = """EXISTS (SELECT 1 FROM bulk_operations o
    WHERE o.id = {t}.operation_id AND o.state = 'RUNNING')"""
# What is held or pending holds nothing up; a run is posted when nothing of it is left to print or to post.
REACHED = f"""(SELECT CASE WHEN count(*) = 0 THEN 'ON_HOLD'
        WHEN count(*) FILTER (WHERE i.number IS NOT NULL) = 0 THEN 'COMPOSED'
        WHEN count(*) FILTER (WHERE i.status IN ('READY_TO_PRINT', 'PRINTED')) = 0 THEN 'POSTED'
        ELSE 'PRINTED' END {OF_RUN})"""


def invoices_with(condition: str) -> str:
    """SQL that counts the run's invoices `i` with this condition; undone and canceled ones do not count."""
    return f"(SELECT count(*) {OF_RUN} AND {condition})"


PLANNED = """(SELECT CASE WHEN {t}.status = 'ON_HOLD' THEN
    (SELECT count(DISTINCT p.group_id) FROM invoice_run_plan({t}.id) p WHERE p.reason IS NULL) ELSE 0 END)"""
UNDOABLE = invoices_with("i.status IN ('ON_HOLD', 'READY_TO_SUBMIT', 'READY_TO_PRINT')")
PRINTABLE = invoices_with("i.status = 'READY_TO_PRINT'")
POSTABLE = invoices_with("i.status = 'PRINTED' AND i.sent_at IS NOT NULL")


@dataclass(frozen=True)
class InvoiceRunFacts:
    """One run as its guards see it; counts are those of this moment."""

    id: UUID = fact("{t}.id")
    status: InvoiceRunStatus = fact("{t}.status")
    reached: InvoiceRunStatus = fact(REACHED)
    operation_runs: bool = fact(OPERATION_RUNS)
    planned: int = fact(PLANNED)
    undoable: int = fact(UNDOABLE)
    printable: int = fact(PRINTABLE)
    postable: int = fact(POSTABLE)
