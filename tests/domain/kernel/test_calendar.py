"""Days, working days and distances in time, with the examples that must hold."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.kernel.calendar import Calendar

BERLIN = Calendar("Europe/Berlin", "BE")
ZONE = ZoneInfo("Europe/Berlin")


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def test_three_days_over_the_change_to_summer_time_are_71_hours() -> None:
    delivered = wall(2026, 3, 27, 18)

    due = BERLIN.same_time_later(delivered, 3)

    assert due == datetime(2026, 3, 30, 16, tzinfo=UTC)
    assert due - delivered.astimezone(UTC) == timedelta(hours=71)


def test_three_days_over_the_change_to_winter_time_are_73_hours() -> None:
    delivered = wall(2026, 10, 23, 18)

    due = BERLIN.same_time_later(delivered, 3)

    assert due == datetime(2026, 10, 26, 17, tzinfo=UTC)
    assert due - delivered.astimezone(UTC) == timedelta(hours=73)


def test_three_days_reach_over_the_end_of_the_year() -> None:
    assert BERLIN.same_time_later(wall(2026, 12, 30, 18), 3) == wall(2027, 1, 2, 18)


def test_a_time_that_the_clock_change_skips_is_an_hour_later() -> None:
    assert BERLIN.same_time_later(wall(2026, 3, 26, 2, 30), 3) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_happens_twice_is_meant_the_first_time() -> None:
    assert BERLIN.same_time_later(wall(2026, 10, 22, 2, 30), 3) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_three_working_days_skip_the_first_of_may_and_the_weekend() -> None:
    assert BERLIN.plus_working_days(wall(2026, 4, 30, 10), 3) == wall(2026, 5, 6, 10)


def test_working_days_from_a_saturday_begin_on_monday() -> None:
    assert BERLIN.plus_working_days(wall(2026, 6, 6, 10), 1) == wall(2026, 6, 8, 10)


def test_working_days_skip_christmas_and_new_year() -> None:
    assert BERLIN.plus_working_days(wall(2026, 12, 23, 9), 7) == wall(2027, 1, 5, 9)


def test_24_working_hours_skip_good_friday_and_easter_monday() -> None:
    assert BERLIN.plus_working_hours(wall(2026, 4, 2, 15), 24) == wall(2026, 4, 7, 15)


@pytest.mark.parametrize(
    ("submitted", "hours", "due"),
    [
        (wall(2026, 6, 6, 11), 24, wall(2026, 6, 9)),
        (wall(2026, 6, 5, 18), 24, wall(2026, 6, 8, 18)),
        (wall(2026, 6, 8), 24, wall(2026, 6, 9)),
        (wall(2026, 6, 8, 9), 2, wall(2026, 6, 8, 11)),
        (wall(2026, 6, 5, 12), 60, wall(2026, 6, 10)),
        (wall(2026, 3, 27, 18), 24, wall(2026, 3, 30, 18)),
        (wall(2026, 12, 31, 12), 24, wall(2027, 1, 4, 12)),
    ],
)
def test_working_hours_pass_on_working_days_only(submitted: datetime, hours: int, due: datetime) -> None:
    assert BERLIN.plus_working_hours(submitted, hours) in (due, due.astimezone(UTC))


def test_an_offer_is_open_until_the_midnight_after_its_last_day() -> None:
    assert BERLIN.end_of(date(2026, 5, 10)) == datetime(2026, 5, 10, 22, tzinfo=UTC)


def test_a_draft_begins_at_local_midnight_and_is_printed_at_eight() -> None:
    assert BERLIN.start_of(date(2026, 5, 3)) == datetime(2026, 5, 2, 22, tzinfo=UTC)
    assert BERLIN.at(date(2026, 5, 10), time(8)) == datetime(2026, 5, 10, 6, tzinfo=UTC)


def test_a_day_with_a_clock_change_has_23_or_25_hours() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)

    assert BERLIN.end_of(spring) - BERLIN.start_of(spring) == timedelta(hours=23)
    assert BERLIN.end_of(autumn) - BERLIN.start_of(autumn) == timedelta(hours=25)


def test_a_day_whose_midnight_is_skipped_begins_with_its_first_instant() -> None:
    beirut = Calendar("Asia/Beirut", "BE")

    assert beirut.local(beirut.start_of(date(2026, 3, 29))).time() == time(1)


@pytest.mark.parametrize(
    ("state", "day", "works"),
    [
        ("BE", date(2026, 3, 8), False),
        ("BY", date(2026, 6, 4), False),
        ("BE", date(2026, 6, 4), True),
        ("SN", date(2026, 11, 18), False),
        ("BE", date(2026, 12, 24), True),
        ("BE", date(2027, 1, 1), False),
    ],
)
def test_holidays_are_those_of_the_federal_state(state: str, day: date, works: bool) -> None:
    assert Calendar("Europe/Berlin", state).is_working_day(day) is works


def test_half_time_is_the_middle_of_real_time() -> None:
    assert BERLIN.halfway(wall(2026, 5, 1), wall(2026, 5, 11)) == wall(2026, 5, 6)


def test_an_instant_is_shown_as_the_clock_on_the_wall() -> None:
    assert BERLIN.local(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).date() == date(2026, 7, 2)
