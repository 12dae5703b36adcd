"""Repeated entries of a billing plan: their dates across the ends of months, their texts, and what is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.errors import Refused
from domain.orders.inputs import PlannedInvoiceEntry
from domain.orders.repetition import Repetition, dates, expand, period

MONTHLY, QUARTERLY, YEARLY = Repetition.MONTHLY, Repetition.QUARTERLY, Repetition.YEARLY


def an_entry(on: date | None = date(2026, 1, 31), text: str = "Support", **repetition: Any) -> PlannedInvoiceEntry:
    return PlannedInvoiceEntry(text=text, unit_price=Decimal(100), invoice_on=on, **repetition)


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        (date(2026, 1, 31), 1, "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31"),
        (date(2027, 12, 31), 1, "2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30"),
        (date(2026, 1, 30), 1, "2026-01-30 2026-02-28 2026-03-30 2026-04-30 2026-05-30"),
        (date(2026, 2, 28), 1, "2026-02-28 2026-03-28 2026-04-28 2026-05-28 2026-06-28"),
        (date(2026, 11, 30), 3, "2026-11-30 2027-02-28 2027-05-30 2027-08-30 2027-11-30"),
        (date(2026, 8, 31), 6, "2026-08-31 2027-02-28 2027-08-31 2028-02-29 2028-08-31"),
        (date(2024, 2, 29), 12, "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        (date(2026, 10, 25), 1, "2026-10-25 2026-11-25 2026-12-25 2027-01-25 2027-02-25"),
        (date(2026, 12, 31), 2, "2026-12-31 2027-02-28 2027-04-30 2027-06-30 2027-08-31"),
    ],
)
def test_dates_keep_the_day_of_the_first_as_far_as_their_month_has_it(first: date, months: int, expected: str) -> None:
    assert " ".join(str(day) for day in dates(first, months, count=5, until=None)) == expected


@pytest.mark.parametrize(
    ("until", "count"),
    [(date(2026, 1, 31), 1), (date(2026, 2, 27), 1), (date(2026, 2, 28), 2), (date(2026, 12, 31), 12)],
)
def test_the_last_day_counts(until: date, count: int) -> None:
    assert len([*dates(date(2026, 1, 31), 1, count=None, until=until)]) == count


def test_a_repeated_entry_becomes_its_invoices_in_its_place() -> None:
    before, after = an_entry(date(2026, 3, 1), "Set-up"), an_entry(date(2026, 12, 1), "Report")
    repeated = an_entry(text="Support {number}/{count}, {period}", repeats=QUARTERLY, repeat_count=3)

    plan = expand([before, repeated, after], "en")

    assert [(each.invoice_on, each.text) for each in plan] == [
        (date(2026, 3, 1), "Set-up"),
        (date(2026, 1, 31), "Support 1/3, January – March 2026"),
        (date(2026, 4, 30), "Support 2/3, April – June 2026"),
        (date(2026, 7, 31), "Support 3/3, July – September 2026"),
        (date(2026, 12, 1), "Report"),
    ]
    assert not any(each.repeats or each.repeat_count for each in plan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Betreuung {month} {year}", "Betreuung März 2026"),
        ("{quarter}. Quartal {year}", "1. Quartal 2026"),
        ("Rückblick {pastPeriod}", "Rückblick Januar – März 2026"),
        ("Ausblick {period}", "Ausblick März – Mai 2026"),
        ("Ohne Platzhalter", "Ohne Platzhalter"),
    ],
)
def test_placeholders_are_filled_in_the_language_of_the_customer(text: str, expected: str) -> None:
    repeated = an_entry(date(2026, 3, 31), text, repeats=QUARTERLY, repeat_count=2)

    assert expand([repeated], "de")[0].text == expected


@pytest.mark.parametrize(
    ("first", "months", "expected"),
    [
        (date(2026, 1, 31), 1, "January 2026"),
        (date(2026, 1, 1), 12, "2026"),
        (date(2026, 2, 1), 12, "February 2026 – January 2027"),
        (date(2026, 11, 30), 3, "November 2026 – January 2027"),
    ],
)
def test_a_period_names_its_first_and_last_month(first: date, months: int, expected: str) -> None:
    assert period(first, months, "en") == expected


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("Support {period}", (None, None), "2026-01-01/2026-01-31 2026-02-01/2026-02-28"),
        ("Support {pastPeriod}", (None, None), "2026-01-01/2026-01-31 2026-02-01/2026-02-28"),
        ("Support", (date(2026, 1, 15), date(2026, 2, 10)), "2026-01-15/2026-01-31 2026-02-01/2026-02-10"),
        ("Last one", (date(2025, 1, 1), date(2026, 1, 31)), "2026-01-01/2026-01-31 None/None"),
    ],
)
def test_each_invoice_has_its_months_within_the_orders_period(
    text: str, within: tuple[date | None, date | None], expected: str
) -> None:
    plan = expand([an_entry(text=text, repeats=MONTHLY, repeat_count=2)], "en", within)

    assert " ".join(f"{each.service_from}/{each.service_to}" for each in plan) == expected


def test_quarters_are_those_up_to_the_invoice_or_from_it_on() -> None:
    ahead, past = (
        an_entry(date(2026, 3, 31), text, repeats=QUARTERLY, repeat_count=2) for text in ("A", "{pastPeriod}")
    )

    periods = [(str(each.service_from), str(each.service_to)) for each in expand([ahead, past], "en")]

    assert periods[:2] == [("2026-03-01", "2026-05-31"), ("2026-06-01", "2026-08-31")]
    assert periods[2:] == [("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")]


def test_a_named_period_is_kept_at_the_same_distance_and_ends_with_its_month() -> None:
    january = an_entry(
        date(2026, 2, 5),
        repeats=MONTHLY,
        repeat_count=2,
        service_from=date(2026, 1, 1),
        service_to=date(2026, 1, 31),
    )

    plan = expand([january], "en")

    assert [(str(each.service_from), str(each.service_to)) for each in plan] == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
    ]


def test_braces_of_an_entry_that_does_not_repeat_mean_nothing() -> None:
    assert expand([an_entry(text="{whatever}")], "de")[0].text == "{whatever}"


@pytest.mark.parametrize(
    ("entry", "reason", "field"),
    [
        (an_entry(repeat_count=3), "repetition_not_chosen", "repeats"),
        (an_entry(None, repeats=MONTHLY, repeat_count=3), "repetition_without_first_date", "invoice_on"),
        (an_entry(repeats=MONTHLY), "repetition_without_one_end", "repeat_count"),
        (
            an_entry(repeats=MONTHLY, repeat_count=3, repeat_until=date(2026, 4, 1)),
            "repetition_without_one_end",
            "repeat_count",
        ),
        (an_entry(repeats=Repetition.EVERY_N_MONTHS, repeat_count=3), "repetition_without_months", "repeat_months"),
        (an_entry(repeats=YEARLY, repeat_count=3, repeat_months=2), "repetition_without_months", "repeat_months"),
        (
            an_entry(repeats=MONTHLY, repeat_until=date(2026, 1, 30)),
            "repetition_ends_before_it_starts",
            "repeat_until",
        ),
        (an_entry(text="{monat}", repeats=MONTHLY, repeat_count=2), "plan_placeholder_unknown", "text"),
    ],
)
def test_an_incomplete_repetition_is_refused_at_its_field(entry: PlannedInvoiceEntry, reason: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        expand([an_entry(), entry], "en")

    (refusal,) = refused.value.refusals
    assert (refusal.reason, refusal.path) == (reason, ("planned_invoices", "1", field))


def test_a_plan_has_at_most_120_invoices() -> None:
    without_near_end = an_entry(repeats=MONTHLY, repeat_until=date(9999, 1, 1))

    with pytest.raises(Refused) as refused:
        expand([without_near_end], "en")

    assert refused.value.refusals[0].reason == "plan_too_long"
    assert len(expand([an_entry(repeats=MONTHLY, repeat_count=120)], "en")) == 120
