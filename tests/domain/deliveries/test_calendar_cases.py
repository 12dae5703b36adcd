"""The end of a review in more than sixty cases, reckoned by hand on the calendar of Berlin.

Holidays in them: 1 January, 8 March, Good Friday 3 April 2026 and 26 March 2027, Easter Monday 6 April 2026 and
29 March 2027, 1 May, Ascension 14 May 2026, Whit Monday 25 May 2026, 3 October, 25 and 26 December; in other states
Epiphany 6 January, Corpus Christi 4 June 2026, Children's Day 20 September, Reformation Day 31 October, All Saints' Day
1 November and Repentance Day 18 November 2026. Clocks change on 29 March and 25 October 2026.
"""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.deliveries.review import latest_extension, reminder_due, review_end
from domain.engine.context import EvaluationContext
from domain.kernel.actors import CLOCK
from domain.orders.model import ReviewStart, ReviewUnit
from tests.domain.deliveries.test_review_deadline import DELIVERY, OPERATOR, at

DAYS, WORKING = ReviewUnit.DAYS, ReviewUnit.WORKING_DAYS
DELIVERED, LATER = ReviewStart.DELIVERY, ReviewStart.LATER_OF_DELIVERY_AND_DUE
BERLIN = ZoneInfo("Europe/Berlin")
FROM_DELIVERY = [
    (DAYS, 3, "2026-03-27 18:00", "2026-03-30 18:00", "clocks go forward"),
    (DAYS, 3, "2026-10-23 18:00", "2026-10-26 18:00", "clocks go back"),
    (DAYS, 3, "2026-12-30 09:00", "2027-01-02 09:00", "year's end"),
    (DAYS, 3, "2026-02-26 09:00", "2026-03-01 09:00", "end of February"),
    (DAYS, 3, "2028-02-27 09:00", "2028-03-01 09:00", "leap year"),
    (DAYS, 1, "2026-03-28 02:30", "2026-03-29 03:30", "a time that is skipped"),
    (DAYS, 1, "2026-10-24 02:30", "2026-10-25 02:30", "a time that happens twice means the first"),
    (DAYS, 3, "2026-05-01 12:00", "2026-05-04 12:00", "on a holiday"),
    (DAYS, 14, "2026-06-01 12:00", "2026-06-15 12:00", "two weeks"),
    (DAYS, 90, "2026-01-31 00:00", "2026-05-01 00:00", "the longest"),
    (DAYS, 3, "2026-06-01 00:00", "2026-06-04 00:00", "midnight"),
    (DAYS, 3, "2026-06-01 23:59:59", "2026-06-04 23:59:59", "a second before midnight"),
    (DAYS, 7, "2026-10-20 10:00", "2026-10-27 10:00", "a week over the change of clocks"),
    (DAYS, 30, "2026-03-01 08:00", "2026-03-31 08:00", "a month over the change of clocks"),
    (DAYS, 1, "2026-12-31 17:00", "2027-01-01 17:00", "ends on a holiday"),
    (DAYS, 3, "2026-03-28 23:59", "2026-03-31 23:59", "a minute before the day on which clocks go forward"),
    (DAYS, 1, "2026-10-24 23:59", "2026-10-25 23:59", "a minute before midnight of the longer day"),
    (DAYS, 1, "2026-04-30 23:59", "2026-05-01 23:59", "a minute before the month ends"),
    (WORKING, 3, "2026-04-30 10:00", "2026-05-06 10:00", "labour day"),
    (WORKING, 3, "2026-04-02 15:00", "2026-04-09 15:00", "easter"),
    (WORKING, 3, "2026-05-09 10:00", "2026-05-13 10:00", "from a Saturday"),
    (WORKING, 1, "2026-05-13 16:00", "2026-05-15 16:00", "ascension"),
    (WORKING, 2, "2026-05-22 09:00", "2026-05-27 09:00", "whitsun"),
    (WORKING, 1, "2026-12-24 12:00", "2026-12-28 12:00", "christmas"),
    (WORKING, 3, "2026-12-30 12:00", "2027-01-05 12:00", "new year"),
    (WORKING, 3, "2026-03-27 18:00", "2026-04-01 18:00", "working days, clocks go forward"),
    (WORKING, 3, "2026-10-23 18:00", "2026-10-28 18:00", "working days, clocks go back"),
    (WORKING, 5, "2026-06-01 12:00", "2026-06-08 12:00", "a working week"),
    (WORKING, 1, "2026-06-05 17:00", "2026-06-08 17:00", "from a Friday"),
    (WORKING, 1, "2026-06-06 10:00", "2026-06-08 10:00", "one day from a Saturday"),
    (WORKING, 1, "2026-06-07 10:00", "2026-06-08 10:00", "one day from a Sunday"),
    (WORKING, 10, "2026-04-27 09:00", "2026-05-12 09:00", "two working weeks and a holiday"),
    (WORKING, 1, "2027-03-05 09:00", "2027-03-09 09:00", "a holiday of Berlin alone"),
    (WORKING, 2, "2027-03-24 09:00", "2027-03-30 09:00", "easter and the change of clocks"),
    (WORKING, 1, "2026-10-02 09:00", "2026-10-05 09:00", "a holiday on a Saturday"),
    (WORKING, 20, "2026-12-01 09:00", "2026-12-30 09:00", "december"),
    (WORKING, 1, "2026-04-30 23:59", "2026-05-04 23:59", "a minute before a holiday"),
    (WORKING, 1, "2026-05-01 00:00", "2026-05-04 00:00", "as a holiday begins"),
]
IN_STATES = [
    ("BY", 1, "2026-06-03 12:00", "2026-06-05 12:00", "Corpus Christi in Bavaria"),
    ("BE", 1, "2026-06-03 12:00", "2026-06-04 12:00", "and not in Berlin"),
    ("BW", 2, "2027-01-05 09:00", "2027-01-08 09:00", "Epiphany in Baden-Württemberg"),
    ("BE", 2, "2027-01-05 09:00", "2027-01-07 09:00", "and not in Berlin, either"),
    ("SN", 1, "2026-11-17 09:00", "2026-11-19 09:00", "Repentance Day in Saxony"),
    ("TH", 3, "2027-09-17 10:00", "2027-09-23 10:00", "Children's Day in Thuringia"),
    ("NW", 1, "2027-10-29 16:00", "2027-11-02 16:00", "All Saints in North Rhine-Westphalia"),
    ("BB", 1, "2028-10-30 16:00", "2028-11-01 16:00", "Reformation Day in Brandenburg"),
    ("HH", 1, "2027-03-05 09:00", "2027-03-08 09:00", "the holiday of Berlin in Hamburg"),
]
# The end of a review and the latest to which three more days can bring it: whatever the days are, as on the wall.
EXTENSIONS = [
    ("2026-03-27 18:00", "2026-03-30 18:00", "clocks go forward"),
    ("2026-10-23 18:00", "2026-10-26 18:00", "clocks go back"),
    ("2026-04-02 15:00", "2026-04-05 15:00", "over Easter, into a Sunday"),
    ("2026-12-24 09:00", "2026-12-27 09:00", "over Christmas"),
    ("2026-12-31 23:59", "2027-01-03 23:59", "over the end of the year"),
    ("2028-02-27 12:00", "2028-03-01 12:00", "over a leap day"),
]
# The end of a review and its reminder: 24 real hours before.
REMINDERS = [
    ("2026-06-04 12:00", "2026-06-03 12:00", "on the wall, too"),
    ("2026-03-29 18:00", "2026-03-28 17:00", "clocks go forward between"),
    ("2026-10-25 18:00", "2026-10-24 19:00", "clocks go back between"),
    ("2027-01-01 00:00", "2026-12-31 00:00", "new year"),
]
WITH_DUE = [
    (LATER, DAYS, "2026-06-01 12:00", "2026-06-05 09:00", "2026-06-08 09:00", "delivered early"),
    (LATER, DAYS, "2026-06-01 12:00", "2026-05-30 09:00", "2026-06-04 12:00", "delivered late"),
    (LATER, DAYS, "2026-06-01 12:00", None, "2026-06-04 12:00", "nothing agreed"),
    (LATER, DAYS, "2026-06-05 09:00", "2026-06-05 09:00", "2026-06-08 09:00", "on the second"),
    (LATER, DAYS, "2026-10-20 09:00", "2026-10-23 18:00", "2026-10-26 18:00", "due before the clocks go back"),
    (LATER, WORKING, "2026-04-27 12:00", "2026-04-30 10:00", "2026-05-06 10:00", "due before a holiday"),
    (LATER, WORKING, "2026-12-20 10:00", "2026-12-24 18:00", "2026-12-30 18:00", "due on christmas eve"),
    (DELIVERED, DAYS, "2026-06-01 12:00", "2026-06-05 09:00", "2026-06-04 12:00", "counts from the delivery"),
]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("unit", "length", "delivered", "ends"), [pytest.param(*case[:4], id=case[4]) for case in FROM_DELIVERY]
)
def test_a_review_from_the_delivery_ends(unit: ReviewUnit, length: int, delivered: str, ends: str) -> None:
    rule = replace(DELIVERY, review_unit=unit, review_length=length)

    assert review_end(rule, local(delivered), at(local(delivered))) == local(ends)


@pytest.mark.parametrize(
    ("start", "unit", "delivered", "due", "ends"), [pytest.param(*case[:5], id=case[5]) for case in WITH_DUE]
)
def test_a_review_of_three_days_with_an_agreed_day_ends(
    start: ReviewStart, unit: ReviewUnit, delivered: str, due: str | None, ends: str
) -> None:
    rule = replace(DELIVERY, review_start=start, review_unit=unit, delivery_due_at=local(due) if due else None)

    assert review_end(rule, local(delivered), at(local(delivered))) == local(ends)


@pytest.mark.parametrize(
    ("state", "length", "delivered", "ends"), [pytest.param(*case[:4], id=case[4]) for case in IN_STATES]
)
def test_working_days_are_those_of_the_operators_state(state: str, length: int, delivered: str, ends: str) -> None:
    rule = replace(DELIVERY, review_unit=WORKING, review_length=length)
    context = EvaluationContext(local(delivered), CLOCK, replace(OPERATOR, federal_state=state))

    assert review_end(rule, local(delivered), context) == local(ends)


@pytest.mark.parametrize(("ends", "latest"), [pytest.param(*case[:2], id=case[2]) for case in EXTENSIONS])
def test_a_review_is_extended_by_days_of_the_calendar(ends: str, latest: str) -> None:
    rule = replace(DELIVERY, review_unit=WORKING, review_ends_at=local(ends))

    assert latest_extension(rule, at(local(ends))) == local(latest)


@pytest.mark.parametrize(("ends", "reminder"), [pytest.param(*case[:2], id=case[2]) for case in REMINDERS])
def test_the_reminder_comes_24_hours_before_the_end(ends: str, reminder: str) -> None:
    rule = replace(DELIVERY, delivered_at=local("2026-01-01 12:00"), review_ends_at=local(ends))

    assert reminder_due(rule, at(local(ends))) == local(reminder)
