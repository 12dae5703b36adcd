"""The sums of a document."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from domain.billing.model import InvoiceKind
from domain.kernel.money import Totals, VatCategory, totals


class BilledLine(Protocol):
    """A line or an item: a net amount and its value added tax."""

    vat_category: VatCategory
    vat_rate: Decimal
    net_cents: int


def asks_for_money(kind: InvoiceKind, gross_cents: int) -> bool:
    """Whether a document is to be paid: an invoice over nothing is not, nor is a cancellation invoice."""
    return kind is InvoiceKind.INVOICE and gross_cents > 0


def totals_of(billed: Iterable[BilledLine]) -> Totals:
    """The totals of a document: tax per category and rate on the group's sum."""
    return totals((each.vat_category, each.vat_rate, each.net_cents) for each in billed)
