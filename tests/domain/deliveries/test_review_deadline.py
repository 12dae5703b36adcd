"""Review deadlines, written out by hand from the examples of the deadlines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.deliveries import guards, review
from domain.deliveries.facts import DeliveryFacts
from domain.deliveries.inputs import DeliveryDraft, ReviewExtension
from domain.deliveries.model import DeliveryStatus
from domain.engine.context import EvaluationContext, SettingsFacts
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Code
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus, ReviewStart, ReviewUnit
from tests.makers.time import berlin

OPERATOR = SettingsFacts(
    zone="Europe/Berlin",
    federal_state="BE",
    language="de",
    approval_workflow=False,
    customer_access="FULL",
    max_review_extensions=1,
    max_review_extension_days=3,
    payment_days=14,
    guarantee_pays_at_posting=False,
    order_prefix="AF",
    invoice_format="RE-{year}-{number:5}",
    cancellation_format="ST-{year}-{number:5}",
    tax_regime="REGULAR",
    fee_percent=Decimal(9),
    late_after_hours=0,
    supplements_are_confirmed=False,
    supplement_days=14,
    invoice_retention_years=8,
)
DELIVERY = DeliveryFacts(
    id=new_id(),
    status=DeliveryStatus.DELIVERED,
    order_id=new_id(),
    order_status=OrderStatus.ACTIVE,
    order_archived_at=None,
    is_for_a_consumer=False,
    delivery_due_at=None,
    review_length=3,
    review_unit=ReviewUnit.DAYS,
    review_start=ReviewStart.DELIVERY,
    review_extensions=None,
    review_extension_days=None,
    draft_description="",
    draft_link=None,
    draft_files=0,
    unanswered_defects=0,
    current_number=1,
    delivered_at=berlin(2026, 6, 1, 12),
    review_ends_at=berlin(2026, 6, 4, 12),
    review_left_seconds=None,
    review_awaits_mail=False,
    extensions=0,
    accepted_by=None,
    accepted_at=None,
    rating=None,
)
IN_DAYS = DELIVERY
IN_WORKING_DAYS = replace(DELIVERY, review_unit=ReviewUnit.WORKING_DAYS)


def at(instant: datetime) -> EvaluationContext:
    return EvaluationContext(instant, CLOCK, OPERATOR)


@pytest.mark.parametrize(
    ("rule", "delivered_at", "ends_at"),
    [
        pytest.param(IN_DAYS, berlin(2026, 3, 27, 18), datetime(2026, 3, 30, 16, tzinfo=UTC), id="summer time"),
        pytest.param(IN_DAYS, berlin(2026, 10, 23, 18), datetime(2026, 10, 26, 17, tzinfo=UTC), id="winter time"),
        pytest.param(IN_DAYS, berlin(2026, 12, 30, 9), berlin(2027, 1, 2, 9), id="year's end"),
        pytest.param(IN_WORKING_DAYS, berlin(2026, 4, 30, 10), berlin(2026, 5, 6, 10), id="labour day"),
        pytest.param(IN_WORKING_DAYS, berlin(2026, 4, 2, 15), berlin(2026, 4, 9, 15), id="easter"),
        pytest.param(IN_WORKING_DAYS, berlin(2026, 5, 9, 10), berlin(2026, 5, 13, 10), id="on a saturday"),
    ],
)
def test_a_review_ends_three_days_after_the_delivery(
    rule: DeliveryFacts, delivered_at: datetime, ends_at: datetime
) -> None:
    assert review.review_end(rule, delivered_at, at(delivered_at)) == ends_at


def test_three_days_over_the_change_to_summer_time_are_71_hours() -> None:
    delivered_at = berlin(2026, 3, 27, 18)

    ends_at = review.review_end(IN_DAYS, delivered_at, at(delivered_at))

    assert ends_at - delivered_at == timedelta(hours=71)


def test_three_days_over_the_change_to_winter_time_are_73_hours() -> None:
    delivered_at = berlin(2026, 10, 23, 18)

    ends_at = review.review_end(IN_DAYS, delivered_at, at(delivered_at))

    assert ends_at - delivered_at == timedelta(hours=73)


@pytest.mark.parametrize(
    ("due_at", "ends_at"),
    [
        pytest.param(berlin(2026, 6, 5, 9), berlin(2026, 6, 8, 9), id="delivered early"),
        pytest.param(berlin(2026, 5, 30, 9), berlin(2026, 6, 4, 12), id="delivered late"),
        pytest.param(None, berlin(2026, 6, 4, 12), id="no due date"),
    ],
)
def test_a_review_may_count_from_the_later_of_delivery_and_due_date(due_at: datetime | None, ends_at: datetime) -> None:
    rule = replace(DELIVERY, review_start=ReviewStart.LATER_OF_DELIVERY_AND_DUE, delivery_due_at=due_at)
    delivered_at = berlin(2026, 6, 1, 12)

    assert review.review_end(rule, delivered_at, at(delivered_at)) == ends_at


def test_the_customer_is_reminded_24_hours_before_the_end() -> None:
    assert review.reminder_due(DELIVERY, at(berlin(2026, 6, 1, 12))) == berlin(2026, 6, 3, 12)


def test_a_review_of_one_day_has_no_reminder() -> None:
    short = replace(DELIVERY, review_ends_at=berlin(2026, 6, 2, 12))

    assert review.reminder_due(short, at(berlin(2026, 6, 1, 12))) is None


def test_the_last_second_before_the_end_still_counts() -> None:
    context = at(berlin(2026, 6, 4, 11, 59, 59))

    assert guards.review_is_open(DELIVERY, context) is None
    assert guards.review_has_ended(DELIVERY, context) is not None


def test_at_the_very_second_of_the_end_it_is_too_late() -> None:
    refusal = guards.review_is_open(DELIVERY, at(berlin(2026, 6, 4, 12)))

    assert refusal is not None
    assert (refusal.code, refusal.due_at) == (Code.DEADLINE_PASSED, berlin(2026, 6, 4, 12))
    assert guards.review_has_ended(DELIVERY, at(berlin(2026, 6, 4, 12))) is None


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (berlin(2026, 6, 4, 12), "review_end_not_later"),
        (berlin(2026, 6, 4, 12, 0, 1), None),
        (berlin(2026, 6, 7, 12), None),
        (berlin(2026, 6, 7, 12, 0, 1), "review_end_too_late"),
    ],
)
def test_a_review_is_extended_by_at_most_three_days(until: datetime, reason: str | None) -> None:
    context = at(berlin(2026, 6, 2, 12))

    refusal = guards.new_end_is_within_limit(DELIVERY, ReviewExtension(until=until), context)

    assert (refusal.reason if refusal else None) == reason


def test_an_order_may_allow_other_extensions_than_the_operator() -> None:
    own = replace(DELIVERY, review_extensions=2, review_extension_days=5, extensions=1)
    none = replace(DELIVERY, review_extensions=0)
    context, later = at(berlin(2026, 6, 2, 12)), ReviewExtension(until=berlin(2026, 6, 9, 12))

    assert guards.review_can_be_extended(own, context) is guards.new_end_is_within_limit(own, later, context) is None
    assert guards.review_can_be_extended(none, context) is not None


def test_three_more_days_keep_the_wall_clock_time_when_the_clocks_change() -> None:
    ending = replace(DELIVERY, review_ends_at=berlin(2026, 3, 27, 18))

    assert review.latest_extension(ending, at(berlin(2026, 3, 26))) == datetime(2026, 3, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize("link", ["https://files.example/a?b=1", "http://files.example", " https://a.example ", ""])
def test_a_link_may_lead_anywhere_on_the_web(link: str) -> None:
    draft = DeliveryDraft(description="Slides", link=link)

    assert guards.link_is_web_address(DELIVERY, draft, at(berlin(2026, 6, 1))) is None


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "files.example",
        "https://",
        "ftp://files.example/a",
        "https://a b",
        "http://[::1",
    ],
)
def test_a_link_to_anything_else_is_refused(link: str) -> None:
    draft = DeliveryDraft(description="Slides", link=link)

    refusal = guards.link_is_web_address(DELIVERY, draft, at(berlin(2026, 6, 1)))

    assert refusal is not None
    assert refusal.path == ("link",)
