"""Amounts as they are entered, and the sums of documents."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from domain.billing.totals import totals_of
from domain.kernel.amount_input import cents_of, valid_quantity
from domain.kernel.errors import Refused
from domain.kernel.money import VatCategory


@dataclass
class AnItem:
    """Just what sums need."""

    net_cents: int
    vat_rate: Decimal = Decimal(19)
    vat_category: VatCategory = VatCategory.STANDARD


@pytest.mark.parametrize(("amount", "expected"), [("500.00", 50_000), ("0.1", 10), ("-20", -2_000), ("0", 0)])
def test_amounts_become_cents(amount: str, expected: int) -> None:
    assert cents_of(Decimal(amount)) == expected


@pytest.mark.parametrize("amount", ["0.001", "1e11", "-1e11", "NaN", "Infinity"])
def test_amounts_beyond_measure_are_refused(amount: str) -> None:
    with pytest.raises(Refused):
        cents_of(Decimal(amount))


@pytest.mark.parametrize("quantity", ["0", "-1", "0.00001", "1e10", "NaN", "Infinity"])
def test_quantities_beyond_measure_are_refused(quantity: str) -> None:
    with pytest.raises(Refused):
        valid_quantity(Decimal(quantity))


def test_tax_is_that_of_the_groups_sum_not_the_sum_of_taxes() -> None:
    three_times_ten_cents = totals_of([AnItem(10), AnItem(10), AnItem(10)])

    assert three_times_ten_cents.vat_cents == 6
    assert three_times_ten_cents.gross_cents == 36


def test_half_a_cent_is_rounded_away_from_zero() -> None:
    assert totals_of([AnItem(50)]).vat_cents == 10
    assert totals_of([AnItem(-50)]).vat_cents == -10


def test_each_rate_and_category_is_a_group_of_its_own() -> None:
    total = totals_of(
        [
            AnItem(10_000),
            AnItem(1_000, Decimal(7), VatCategory.REDUCED),
            AnItem(500, Decimal(0), VatCategory.EXEMPT),
            AnItem(700, Decimal(0), VatCategory.REVERSE_CHARGE),
        ]
    )

    assert [(group.category, group.net_cents, group.vat_cents) for group in total.groups] == [
        ("STANDARD", 10_000, 1_900),
        ("REDUCED", 1_000, 70),
        ("EXEMPT", 500, 0),
        ("REVERSE_CHARGE", 700, 0),
    ]
