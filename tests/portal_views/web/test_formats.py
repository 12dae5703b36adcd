"""Dates, spans and money as people read them."""

import pytest

from portal_views.web.formats import Formats

NOW = "2026-03-27T17:00:00Z"
GERMAN = Formats.of("de", "Europe/Berlin", NOW)
ENGLISH = Formats.of("en", "Europe/Berlin", NOW)


def test_an_end_is_said_with_its_weekday_in_the_operators_zone() -> None:
    assert GERMAN.deadline_datetime("2026-03-30T16:00:00Z", "full") == "Montag, 30. März 2026, 18:00 Uhr"
    assert ENGLISH.deadline_datetime("2026-03-30T16:00:00Z", "full") == "Monday, 30 March 2026, 18:00"


def test_an_end_at_midnight_belongs_to_the_day_before() -> None:
    assert GERMAN.deadline_datetime("2026-05-10T22:00:00Z") == "10.05.2026, 24:00"
    assert GERMAN.deadline_datetime("2026-05-10T22:00:00Z", "full") == "Sonntag, 10. Mai 2026, 24:00 Uhr"
    assert ENGLISH.deadline_datetime("2026-05-10T22:00:00Z", "full") == "Sunday, 10 May 2026, 24:00"


def test_an_end_within_the_first_minute_of_a_day_belongs_to_that_day() -> None:
    assert GERMAN.deadline_datetime("2026-05-10T22:00:30Z") == "11.05.2026, 00:00"


def test_an_end_at_a_midnight_that_the_clocks_skip_belongs_to_the_day_before() -> None:
    cairo = Formats.of("en", "Africa/Cairo", NOW)

    assert cairo.deadline_datetime("2026-04-23T22:00:00Z") == "23 Apr 2026, 24:00"


def test_a_review_can_be_extended_to_the_end_of_a_day() -> None:
    (choice,) = GERMAN.daily_end_options("2026-05-09T22:00:00Z", "2026-05-10T22:00:00Z")

    assert choice["label"] == "Sonntag, 10. Mai 2026, 24:00 Uhr"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-03-30T16:00:00Z", "noch 2 Tage und 23 Stunden"),
        ("2026-03-28T18:00:00Z", "noch 1 Tag und 1 Stunde"),
        ("2026-03-27T18:01:00Z", "noch 1 Stunde und 1 Minute"),
        ("2026-03-27T17:00:30Z", "noch weniger als eine Minute"),
        ("2026-03-27T17:00:00Z", "Die Zeit ist abgelaufen"),
    ],
)
def test_the_time_left_is_said_in_two_units_at_most(until: str, words: str) -> None:
    assert GERMAN.time_left(until) == words


def test_how_long_something_waits_is_said_as_it_follows_since() -> None:
    assert GERMAN.waiting_time("2026-03-25T16:00:00Z") == "2 Tagen und 1 Stunde"
    assert GERMAN.waiting_time(NOW) == "weniger als einer Minute"
    assert ENGLISH.waiting_time("2026-03-25T16:00:00Z") == "2 days and 1 hour"


def test_money_is_written_as_the_language_does() -> None:
    amount = {"amount": "1234.50", "currency": "EUR"}

    assert GERMAN.money(amount) == "1.234,50\xa0€"
    assert ENGLISH.money(amount) == "€1,234.50"


def test_the_part_of_a_span_that_is_over_stays_between_nothing_and_all() -> None:
    assert GERMAN.elapsed_percent("2026-03-26T17:00:00Z", "2026-03-28T17:00:00Z") == 50
    assert GERMAN.elapsed_percent("2026-03-20T17:00:00Z", "2026-03-21T17:00:00Z") == 100


def test_later_ends_keep_the_wall_clock_time_over_the_change_of_clocks() -> None:
    choices = GERMAN.daily_end_options("2026-03-28T17:00:00Z", "2026-03-30T16:00:00Z")

    assert [choice["value"] for choice in choices] == ["2026-03-29T16:00:00+00:00", "2026-03-30T16:00:00+00:00"]


def test_what_is_below_zero_has_a_real_minus() -> None:
    assert GERMAN.money({"amount": "-12.00", "currency": "EUR"}) == "−12,00\u00a0€"
    assert ENGLISH.money({"amount": "-12.00", "currency": "EUR"}) == "−€12.00"
    assert (GERMAN.number("-1.5"), ENGLISH.percent("-19")) == ("−1,5", "−19%")


def test_an_age_is_said_in_its_largest_unit() -> None:
    assert GERMAN.age("2026-03-24T16:00:00Z") == "3 Tage"
    assert ENGLISH.age("2026-03-27T16:00:00Z") == "1 hour"


def test_a_bank_account_is_written_in_groups_of_four() -> None:
    assert GERMAN.iban("DE02120300000000202051") == "DE02 1203 0000 0000 2020 51"
