"""Claims about the documents of an invoice: valid before it is numbered, stored before it is posted."""

from domain.billing.e_invoices.findings import reason_of
from domain.billing.facts import InvoiceFacts
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed


def official_rules_hold(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """The electronic invoice of exactly these contents has passed the official rules (EN 16931, XRechnung)."""
    if not invoice.is_checked:
        return guard_failed("document_not_checked")
    for rule in invoice.broken_rules:
        return guard_failed(reason_of(rule), rule=rule)
    return None


def documents_are_stored(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return None if invoice.documents_stored else guard_failed("documents_not_stored")


def rendering_has_failed(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return None if invoice.rendering_failed else guard_failed("rendering_has_not_failed")


def documents_have_not_failed(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """A cancellation invoice says what its original says; where that breaks a rule, no number is used for another."""
    return guard_failed("original_without_documents") if invoice.rendering_failed else None
