"""Cents: rounding, fees, value added tax, and how amounts are written."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from domain.kernel.money import (
    VatCategory,
    budget_inflow_cents,
    formatted,
    net_cents,
    round_half_up,
    share_cents,
    totals,
    vat_rate,
)

NINE = Decimal(9)
STANDARD, REDUCED = VatCategory.STANDARD, VatCategory.REDUCED


@pytest.mark.parametrize(
    ("nets", "inflow"),
    [
        ([500_00], 455_00),
        ([950_00], 864_50),
        ([10_05, 10_05, 10_05], 27_45),
        ([-10_05], -9_15),
        ([], 0),
    ],
)
def test_the_budget_inflow_is_rounded_per_planned_invoice(nets: list[int], inflow: int) -> None:
    assert budget_inflow_cents(nets, NINE) == inflow


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 1), ("-0.5", -1), ("1.4999", 1), ("2.5", 3), ("-2.5", -3)])
def test_halves_are_rounded_away_from_zero(amount: str, rounded: int) -> None:
    assert round_half_up(Decimal(amount)) == rounded


def test_a_line_is_quantity_times_price() -> None:
    assert net_cents(Decimal("1.5"), 33_33) == 50_00
    assert net_cents(Decimal("-2"), 10_01) == -20_02
    assert share_cents(-10_50, Decimal(19)) == -2_00


def test_tax_is_computed_on_the_sum_of_each_category_and_rate() -> None:
    lines = [(STANDARD, Decimal(19), 1_02)] * 3 + [
        (REDUCED, Decimal(7), 10_00),
        (VatCategory.EXPORT, Decimal(0), 5_00),
    ]

    sums = totals(lines)

    assert [(group.net_cents, group.vat_cents) for group in sums.groups] == [
        (3_06, 58),
        (10_00, 70),
        (5_00, 0),
    ]
    assert (sums.net_cents, sums.vat_cents, sums.gross_cents) == (18_06, 1_28, 19_34)


@pytest.mark.parametrize(
    ("category", "on", "rate"),
    [
        (STANDARD, date(2020, 6, 30), 19),
        (STANDARD, date(2020, 7, 1), 16),
        (REDUCED, date(2020, 12, 31), 5),
        (STANDARD, date(2021, 1, 1), 19),
        (REDUCED, date(2026, 5, 10), 7),
        (VatCategory.REVERSE_CHARGE, date(2026, 5, 10), 0),
    ],
)
def test_the_rate_is_that_of_the_day(category: VatCategory, on: date, rate: int) -> None:
    assert vat_rate(category, on) == rate


def test_categories_carry_the_codes_of_the_european_standard() -> None:
    assert [category.code for category in VatCategory] == ["S", "S", "E", "AE", "K", "G", "Z", "O"]


@pytest.mark.parametrize(
    ("cents", "currency", "language", "text"),
    [
        (500_00, "EUR", "de", "500,00\N{NO-BREAK SPACE}€"),
        (500_00, "EUR", "en", "€500.00"),
        (-1_234_567_05, "EUR", "de", "-1.234.567,05\N{NO-BREAK SPACE}€"),
        (-5, "EUR", "en", "-€0.05"),
        (1_50, "GBP", "en", "£1.50"),
        (500_00, "JPY", "en", "JP¥500"),
    ],
)
def test_amounts_are_written_as_the_language_does(cents: int, currency: str, language: str, text: str) -> None:
    assert formatted(cents, currency, language) == text


@given(integers(-(10**14), 10**14), sampled_from(["EUR", "USD", "CHF"]), sampled_from(["de", "en"]))
def test_amounts_are_written_exactly_as_babel_writes_them(cents: int, currency: str, language: str) -> None:
    locale = {"de": "de", "en": "en_GB"}[language]

    assert formatted(cents, currency, language) == format_currency(Decimal(cents) / 100, currency, locale=locale)
