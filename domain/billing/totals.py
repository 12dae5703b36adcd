"""Amounts of lines and invoices: cents from what is entered, and the sums of a document."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from domain.core.errors import Refused, invalid
from domain.core.money import Totals, VatCategory, totals

CENTS_LIMIT = 10**12
SMALLEST_QUANTITY = Decimal("0.001")
MOST_UNITS = Decimal(10) ** 9


class Billed(Protocol):
    """A line or an item: whatever has a net amount and its value added tax."""

    vat_category: VatCategory
    vat_rate: Decimal
    net_cents: int


def sums(billed: Iterable[Billed]) -> Totals:
    """The totals of a document: tax per category and rate on the group's sum."""
    return totals((each.vat_category, each.vat_rate, each.net_cents) for each in billed)


def cents(amount: Decimal, *path: str) -> int:
    """Cents of an entered amount; refused with more than two decimals or beyond all measure."""
    in_cents = amount * 100
    if not in_cents.is_finite() or in_cents != in_cents.to_integral_value():
        raise Refused(invalid("more_than_two_decimals", *path))
    if abs(in_cents) > CENTS_LIMIT:
        raise Refused(invalid("amount_too_large", *path))
    return int(in_cents)


def units(quantity: Decimal, *path: str) -> Decimal:
    """An entered quantity; refused with more than three decimals, at zero or below, or beyond all measure."""
    if not quantity.is_finite() or quantity <= 0 or quantity > MOST_UNITS:
        raise Refused(invalid("quantity_out_of_bounds", *path))
    if quantity != quantity.quantize(SMALLEST_QUANTITY):
        raise Refused(invalid("more_than_three_decimals", *path))
    return quantity
