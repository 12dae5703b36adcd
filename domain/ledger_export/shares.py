"""The division of an amount in proportion to others, and of what was written off by rates of tax."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.kernel.money import round_half_up


def divided(amount: int, parts: Sequence[int]) -> list[int]:
    """The amount in proportion to the parts, whose sum is not zero, in whole cents; the last takes the rounding."""
    total = sum(parts)
    shares = [round_half_up(Decimal(amount) * part / total) for part in parts[:-1]]
    return [*shares, amount - sum(shares)]


def write_off_shares(
    after: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[tuple[Mapping[str, Any] | None, int]]:
    """What a change of what was written off posts on each group of an invoice, or on none for what has no tax.

    It is the difference of two divisions, by what was left of the invoice at each of them; so that everything that is
    taken back is posted where it was written off.
    """
    new, old = _divided_write_off(after), _divided_write_off(before)
    rates = sorted(dict.fromkeys((*new, *old)), key=lambda rate: rate is None)
    return [(_group(rate), old.get(rate, 0) - new.get(rate, 0)) for rate in rates]


def _divided_write_off(state: Mapping[str, Any] | None) -> dict[tuple[str, str] | None, int]:
    """By category and rate; what reminders have charged has no tax, and payments count for the invoice first."""
    if state is None or not state["cents"]:
        return {}
    cents, groups = state["cents"], state["groups"] or []
    charges = min(cents, state["charges_cents"]) if groups else cents
    taxed = divided(cents - charges, [group["gross_cents"] for group in groups]) if groups else []
    rates = [(group["category"], group["rate"]) for group in groups]
    return {**dict(zip(rates, taxed, strict=True)), None: charges}


def _group(rate: tuple[str, str] | None) -> Mapping[str, Any] | None:
    return {"category": rate[0], "rate": rate[1]} if rate else None
