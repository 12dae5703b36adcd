"""The division of an amount in proportion to others."""

from collections.abc import Sequence
from decimal import Decimal

from domain.kernel.money import round_half_up


def divided(amount: int, parts: Sequence[int]) -> list[int]:
    """The amount in proportion to the parts, whose sum is not zero, in whole cents; the last takes the rounding."""
    total = sum(parts)
    shares = [round_half_up(Decimal(amount) * part / total) for part in parts[:-1]]
    return [*shares, amount - sum(shares)]
