"""Amounts as people enter them: checked once, then whole cents and bounded quantities."""

from decimal import Decimal

from domain.kernel.errors import Refused, invalid
from domain.kernel.money import net_cents

CENTS_LIMIT = 10**12
SMALLEST_QUANTITY = SMALLEST_PRICE = Decimal("0.0001")
MAX_QUANTITY = 10**6


def cents_of(amount: Decimal, *path: str) -> int:
    """Cents of an entered amount; refused with more than two decimals or beyond all measure."""
    in_cents = amount * 100
    if not in_cents.is_finite() or in_cents != in_cents.to_integral_value():
        raise Refused(invalid("more_than_two_decimals", *path))
    if abs(in_cents) > CENTS_LIMIT:
        raise Refused(invalid("amount_too_large", *path))
    return int(in_cents)


def price_cents_of(price: Decimal, *path: str) -> Decimal:
    """Cents of an entered price of one unit, with two decimals of a cent; refused with more, or beyond all measure."""
    in_cents = price * 100
    if not price.is_finite() or abs(in_cents) > CENTS_LIMIT:
        raise Refused(invalid("amount_too_large", *path))
    if price != price.quantize(SMALLEST_PRICE):
        raise Refused(invalid("price_with_more_than_four_decimals", *path))
    return in_cents


def valid_quantity(quantity: Decimal, *path: str) -> Decimal:
    """An entered quantity; refused with more than four decimals, at zero or below, or beyond all measure."""
    if not quantity.is_finite() or quantity <= 0 or quantity > MAX_QUANTITY:
        raise Refused(invalid("quantity_out_of_bounds", *path))
    if quantity != quantity.quantize(SMALLEST_QUANTITY):
        raise Refused(invalid("quantity_with_more_than_four_decimals", *path))
    return quantity


def net_of(quantity: Decimal, unit_price_cents: Decimal, *path: str) -> int:
    """Quantity times price in cents; refused beyond all measure, so that sums of many still fit."""
    net = net_cents(quantity, unit_price_cents)
    if abs(net) > CENTS_LIMIT:
        raise Refused(invalid("amount_too_large", *path))
    return net
