"""The postings as plain CSV: UTF-8 with commas, amounts with a point, one line for each posting of a batch."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.kernel.money import plain
from domain.ledger_export.accounts import LedgerSettings
from domain.ledger_export.postings import LedgerPosting
from domain.ledger_export.texts import formula_safe

COLUMNS = (
    *("booked_on", "kind", "number", "document", "due_on", "customer", "customer_account", "contra_account"),
    *("vat_category", "vat_rate", "amount", "currency", "amount_eur", "note"),
)


def head() -> bytes:
    """The names of the columns."""
    return _line(COLUMNS)


def line(posting: LedgerPosting, settings: LedgerSettings) -> bytes:
    """One posting; what the customer owes more is above zero."""
    tax = posting.tax
    return _line(
        (
            _day(posting.booked_on),
            posting.kind,
            formula_safe(posting.number),
            formula_safe(posting.document),
            _day(posting.due_on),
            formula_safe(posting.customer),
            settings.customer_account(posting),
            settings.contra_account(posting),
            tax.category if tax else "",
            plain(tax.rate) if tax else "",
            _amount(posting.amount_cents),
            posting.currency,
            _amount(posting.euro_cents),
            formula_safe(posting.note),
        )
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


def _line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
