"""Rates of travel by country and first day, read once: those that come with the system and those of the operator."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

import settings
from domain.kernel.money import round_half_up

KNOWN_RATES = Path(__file__).with_name("rates.csv")


class TravelRule(StrEnum):
    """How an allowance grows: by calendar days (Germany and most others), or by started hours (Austria)."""

    DAYS = "DAYS"
    HOURS = "HOURS"


@dataclass(frozen=True, kw_only=True)
class TravelRates:
    """The rates of one country from one day on, in cents; `source` is where they stand."""

    country: str
    holds_from: date
    rule: TravelRule
    full_day: int
    partial_day: int
    per_kilometer: int
    breakfast: int
    lunch: int
    dinner: int
    source: str


AMOUNTS = ("full_day", "partial_day", "per_kilometer", "breakfast", "lunch", "dinner")


def rates_on(country: str, day: date) -> TravelRates | None:
    """The rates of a country that hold on a day; None for a country or a time that has none."""
    known = [each for each in _all_rates() if each.country == country.upper() and each.holds_from <= day]
    return max(known, key=lambda each: each.holds_from, default=None)


@cache
def _all_rates() -> tuple[TravelRates, ...]:
    own = settings.load().travel_rates_file
    return tuple(rate for path in (KNOWN_RATES, own) if path for rate in _read(path))


def _read(path: Path) -> Iterator[TravelRates]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _rates_of(row)


def _rates_of(row: Mapping[str, str]) -> TravelRates:
    cents = {name: round_half_up(Decimal(row[name] or 0) * 100) for name in AMOUNTS}
    return TravelRates(
        country=row["country"].upper(),
        holds_from=date.fromisoformat(row["holds_from"]),
        rule=TravelRule(row["rule"]),
        source=row["source"],
        **cents,
    )
