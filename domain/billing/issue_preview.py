"""Preview of an issue: the number, the date and the term of payment that an invoice would get now."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.billing.document_numbers import series_of
from domain.billing.facts import InvoiceFacts
from domain.billing.guards.invoices import issue_date
from domain.billing.totals import asks_for_money
from domain.engine.context import EvaluationContext
from domain.engine.facts import embedded_facts, fact

LAST_NUMBERS = """(SELECT coalesce(jsonb_object_agg(s.key, s.last_sequence), jsonb_build_object())
    FROM number_series s)"""
FIRST_NUMBERS = """(SELECT coalesce(jsonb_object_agg(b.series, b.first_number), jsonb_build_object())
    FROM series_starts b)"""


@dataclass(frozen=True)
class PreviewFacts:
    """The invoice, its term of payment, and how far each series of numbers is."""

    invoice: InvoiceFacts = embedded_facts(InvoiceFacts)
    payment_days: int = fact("{t}.payment_days")
    last_numbers: dict[str, int] = fact(LAST_NUMBERS)
    first_numbers: dict[str, int] = fact(FIRST_NUMBERS)


@dataclass(frozen=True, kw_only=True)
class IssuePreview:
    """The number is provisional: it goes to the document of its series that is issued first."""

    number: str
    issued_on: date
    planned_on: date
    due_on: date | None


def issue_preview(preview: PreviewFacts, context: EvaluationContext) -> IssuePreview:
    """The number that is next in the series of this document, and the dates that it would carry."""
    invoice = preview.invoice
    issued_on = issue_date(invoice, context)
    series = series_of(invoice.kind, issued_on, context.settings)
    last = preview.last_numbers.get(series.name)
    following = preview.first_numbers.get(series.name, 1) if last is None else last + 1
    is_paid = asks_for_money(invoice.kind, invoice.gross_cents)
    return IssuePreview(
        number=series.number(following),
        issued_on=issued_on,
        planned_on=invoice.invoice_on,
        due_on=issued_on + timedelta(days=preview.payment_days) if is_paid else None,
    )
