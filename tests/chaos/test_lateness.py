"""Lateness counts real seconds, also where the clock leapt over the instant at which something was due."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.chaos.lateness import of, real

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# At noon the clock leapt by a day, and a minute later by another.
LEAPS = [(NOON, NOON + DAY), (NOON + DAY + MINUTE, NOON + 2 * DAY + MINUTE)]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (NOON - MINUTE, NOON - MINUTE),
        (NOON + DAY / 2, NOON),
        (NOON + DAY + MINUTE / 2, NOON + MINUTE / 2),
        (NOON + 2 * DAY, NOON + MINUTE),
        (NOON + 2 * DAY + 3 * MINUTE, NOON + 3 * MINUTE),
    ],
)
def test_an_instant_of_the_clock_has_a_real_one(shown: datetime, expected: datetime) -> None:
    assert real(shown, LEAPS) == expected


def test_percentiles_are_of_the_seconds_that_were_counted() -> None:
    found = of([float(number) for number in range(1, 101)])

    assert (found.count, found.p50, found.p99, found.longest) == (100, 50, 99, 100)
    assert of([]).count == 0
