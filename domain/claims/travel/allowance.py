"""The allowance of a journey: days or hours away, less provided meals, and kilometres. Pure functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from domain.claims.travel.rates import TravelRates, TravelRule

DAY = timedelta(days=1)
LEAST_AWAY = {TravelRule.DAYS: timedelta(hours=8), TravelRule.HOURS: timedelta(hours=3)}
HOURS_OF_FULL_DAY = 12


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A journey in local times, with the meals that were provided."""

    departed_at: datetime
    returned_at: datetime
    kilometers: int = 0
    breakfasts: int = 0
    lunches: int = 0
    dinners: int = 0


def allowance_cents(journey: Journey, rates: TravelRates) -> int:
    """Meals, never below zero, and kilometres."""
    provided = journey.breakfasts * rates.breakfast + journey.lunches * rates.lunch + journey.dinners * rates.dinner
    return max(0, _meals_cents(journey, rates) - provided) + journey.kilometers * rates.per_kilometer


def _meals_cents(journey: Journey, rates: TravelRates) -> int:
    away = journey.returned_at - journey.departed_at
    if rates.rule is TravelRule.HOURS:
        return _by_hours(away, rates)
    return _by_days(journey, away, rates)


def _by_days(journey: Journey, away: timedelta, rates: TravelRates) -> int:
    """The days of departure and return count partly, those between fully; a single day only above eight hours."""
    nights = (journey.returned_at.date() - journey.departed_at.date()).days
    if nights == 0:
        return rates.partial_day if away > LEAST_AWAY[TravelRule.DAYS] else 0
    return 2 * rates.partial_day + (nights - 1) * rates.full_day


def _by_hours(away: timedelta, rates: TravelRates) -> int:
    """A twelfth for each started hour of 24, above three hours, up to the full rate."""
    full_days, rest = divmod(away, DAY)
    hours = min(HOURS_OF_FULL_DAY, ceil(rest / timedelta(hours=1))) if rest > LEAST_AWAY[TravelRule.HOURS] else 0
    return full_days * rates.full_day + rates.full_day * hours // HOURS_OF_FULL_DAY
