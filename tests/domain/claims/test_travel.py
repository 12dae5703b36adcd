"""Allowances of journeys by the rates of Germany and Austria, computed by hand from the laws that the data names."""

from datetime import date, datetime

import pytest

from domain.claims.travel.allowance import Journey, allowance_cents
from domain.claims.travel.rates import rates_on


def journey(start: str, end: str, **provided: int) -> Journey:
    return Journey(departed_at=datetime.fromisoformat(start), returned_at=datetime.fromisoformat(end), **provided)


@pytest.mark.parametrize(
    ("country", "travelled", "cents"),
    [
        ("DE", journey("2026-03-02T08:00", "2026-03-02T16:00"), 0),
        ("DE", journey("2026-03-02T08:00", "2026-03-02T16:01"), 14_00),
        ("DE", journey("2026-03-02T22:00", "2026-03-03T02:00"), 28_00),
        ("DE", journey("2026-03-02T08:00", "2026-03-05T18:00"), 84_00),
        ("DE", journey("2026-03-02T08:00", "2026-03-05T18:00", breakfasts=3, dinners=1, kilometers=420), 182_00),
        ("DE", journey("2026-03-02T08:00", "2026-03-02T20:00", lunches=1, dinners=1), 0),
        ("AT", journey("2026-03-02T08:00", "2026-03-02T11:00"), 0),
        ("AT", journey("2026-03-02T08:00", "2026-03-02T11:01"), 10_00),
        ("AT", journey("2026-03-02T08:00", "2026-03-02T21:00"), 30_00),
        ("AT", journey("2026-03-02T08:00", "2026-03-03T12:30", lunches=1), 27_50),
        ("AT", journey("2024-03-02T08:00", "2024-03-02T21:00", kilometers=100), 68_40),
    ],
)
def test_a_journey_gives_what_the_law_says(country: str, travelled: Journey, cents: int) -> None:
    rates = rates_on(country, travelled.departed_at.date())

    assert rates is not None
    assert allowance_cents(travelled, rates) == cents


def test_there_are_no_rates_before_the_first_and_for_unknown_countries() -> None:
    assert rates_on("DE", date(2023, 12, 31)) is None
    assert rates_on("XX", date(2026, 1, 1)) is None
