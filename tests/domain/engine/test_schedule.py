"""Deadlines follow the facts they were computed from: armed, moved, disarmed, and never spoken of twice."""

from datetime import date, timedelta

import pytest

from domain.commands import fire_due_deadlines
from domain.engine.model import Deadline, DeadlineState
from domain.orders.inputs import ChangeMessage, CommentText, OfferEnd, OptionalReason
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.records import the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

WEDNESDAY = berlin(2026, 4, 1, 10)
pytestmark = pytest.mark.frozen_clock(WEDNESDAY)


async def test_an_offer_is_reminded_of_at_half_time_and_on_its_last_day() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))

    assert await what_is_due("order.offerHalfTime", case.order.id) == berlin(2026, 4, 6, 5)
    assert await what_is_due("order.offerLastDay", case.order.id) == berlin(2026, 4, 10, 9)
    assert await what_is_due("order.expire", case.order.id) == berlin(2026, 4, 11)


async def test_each_reminder_of_an_offer_is_written_once() -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 10, 9))

    await fire_due_deadlines()
    await fire_due_deadlines()

    assert await the_messages("order.offerHalfTime") == ["CUSTOMER"]
    assert await the_messages("order.offerLastDay") == ["CUSTOMER"]


async def test_half_time_is_not_spoken_of_again_when_the_extended_offer_has_passed_it() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 10, 10))
    await fire_due_deadlines()

    await case.move("extendOffer", STAFF, OfferEnd(valid_until=date(2026, 4, 11)))
    await fire_due_deadlines()

    assert await the_messages("order.offerHalfTime") == ["CUSTOMER"]
    assert await what_is_due("order.offerLastDay", case.order.id) == berlin(2026, 4, 11, 9)


async def test_an_offer_that_ends_as_before_again_is_not_reminded_of_twice() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 6, 5))
    await fire_due_deadlines()
    await case.move("extendOffer", STAFF, OfferEnd(valid_until=date(2026, 4, 20)))

    await case.move("extendOffer", STAFF, OfferEnd(valid_until=date(2026, 4, 10)))
    await fire_due_deadlines()

    assert await the_messages("order.offerHalfTime") == ["CUSTOMER"]
    assert await what_is_due("order.offerHalfTime", case.order.id) is None


async def test_a_reminder_that_only_waits_for_a_clock_survives_a_related_move() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 10, 9))
    await fire_due_deadlines()
    await case.move("extendOffer", STAFF, OfferEnd(valid_until=date(2026, 4, 20)))
    await the_clock_shows(berlin(2026, 4, 20, 9))

    await case.move("comment", case.by_member, CommentText(text="Any news?"))
    await fire_due_deadlines()

    assert await the_messages("order.offerLastDay") == ["CUSTOMER", "CUSTOMER"]


async def test_a_review_that_is_late_is_spoken_of_daily() -> None:
    await an_account()
    case = await an_order(OrderStatus.IN_REVIEW)

    for day in (2, 3):
        await the_clock_shows(berlin(2026, 4, day, 10))
        await fire_due_deadlines()

    assert await the_messages("order.review") == ["STAFF", "STAFF"]
    assert await what_is_due("order.review", case.order.id) == berlin(2026, 4, 4, 10)


async def test_a_clock_that_slept_over_the_change_of_time_writes_once() -> None:
    await an_account()
    await the_clock_shows(berlin(2026, 3, 26, 10))
    case = await an_order(OrderStatus.IN_REVIEW)
    await the_clock_shows(berlin(2026, 3, 29, 10, 30))

    await fire_due_deadlines()

    assert await the_messages("order.review") == ["STAFF"]
    assert await what_is_due("order.review", case.order.id) == berlin(2026, 3, 30, 10)


async def test_requested_changes_begin_a_review_of_24_working_hours() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await the_clock_shows(berlin(2026, 4, 14, 15))

    await case.move("requestChanges", case.by_customer, ChangeMessage(message="Two days, please."))

    assert await what_is_due("order.review", case.order.id) == berlin(2026, 4, 15, 15)


async def test_nothing_is_due_any_more_for_an_offer_that_was_withdrawn() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    await case.move("withdraw", case.by_member, OptionalReason())

    assert await Deadline.filter(order_id=case.order.id, state=DeadlineState.PENDING).count() == 0


async def test_a_late_firing_records_when_it_was_due_and_when_it_happened() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 11) + timedelta(hours=5))

    await fire_due_deadlines()

    expiry = await Deadline.get(subject_id=case.order.id, kind="order.expire")
    assert (expiry.due_at, expiry.fired_at) == (berlin(2026, 4, 11), berlin(2026, 4, 11, 5))
