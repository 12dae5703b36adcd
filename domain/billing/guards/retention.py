"""Claims about the retention of issued invoices."""

from datetime import date

from domain.billing.facts import InvoiceFacts
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed
from domain.retention.periods import KeptRecord, kept_until


def invoice_kept_until(invoice: InvoiceFacts, context: EvaluationContext) -> date | None:
    """The last day on which an issued invoice is kept: by law, or for as long as the operator has chosen."""
    if invoice.issued_on is None:
        return None
    return kept_until(KeptRecord.INVOICES, invoice.issued_on, at_least_years=context.settings.invoice_retention_years)


def is_not_archived(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("invoice_already_archived") if invoice.is_archived else None


def retention_is_over(invoice: InvoiceFacts, context: EvaluationContext) -> Refusal | None:
    """Section 147 (3) AO: until the end of the year, by whole years after the year of the document."""
    until = invoice_kept_until(invoice, context)
    if until is None or context.today > until:
        return None
    return guard_failed("retention_not_over", until=until)
