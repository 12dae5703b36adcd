"""Claims that must hold before a move of an invoice run."""

from domain.engine.context import EvaluationContext
from domain.invoice_runs.facts import InvoiceRunFacts
from domain.kernel.errors import Refusal, guard_failed


def no_operation_runs(run: InvoiceRunFacts, context: EvaluationContext) -> Refusal | None:
    """One operation at a time works on a run; it can be canceled between two portions."""
    return guard_failed("run_is_being_worked_on") if run.operation_runs else None


def something_to_compose(run: InvoiceRunFacts, context: EvaluationContext) -> Refusal | None:
    return None if run.planned else guard_failed("run_has_nothing_to_compose")


def something_to_undo(run: InvoiceRunFacts, context: EvaluationContext) -> Refusal | None:
    return None if run.undoable else guard_failed("run_has_nothing_to_undo")


def something_to_print(run: InvoiceRunFacts, context: EvaluationContext) -> Refusal | None:
    return None if run.printable else guard_failed("run_has_nothing_to_print")


def something_to_post(run: InvoiceRunFacts, context: EvaluationContext) -> Refusal | None:
    return None if run.postable else guard_failed("run_has_nothing_to_post")
