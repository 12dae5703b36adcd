"""Messages about the moves of an order, and their recipients."""

from datetime import date
from typing import Any

import pytest

from domain.commands import fire_due_deadlines
from domain.orders.inputs import (
    CancellationReason,
    ChangeMessage,
    CommentText,
    Confirmation,
    OptionalComment,
    OptionalReason,
    RequiredComment,
    RequiredReason,
)
from domain.orders.model import CommentVisibility, OrderStatus
from tests.makers.accounts import an_account
from tests.makers.orders import LONG_REASON, Case, an_order
from tests.makers.parties import STAFF, a_member_who_signs_in
from tests.makers.records import the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

IN_REVIEW, AWAITING = OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER
ACTIVE, CANCELLATION = OrderStatus.ACTIVE, OrderStatus.CANCELLATION_REVIEW
NO = RequiredReason(reason="Not our kind of work.")


@pytest.fixture(autouse=True)
async def account(database: str) -> None:
    await an_account()


async def an_order_of_somebody(status: OrderStatus, **facts: Any) -> Case:
    """An order whose member has an account to write to."""
    return await an_order(status, member=await a_member_who_signs_in(), **facts)


@pytest.mark.parametrize(
    ("status", "move", "takes", "readers"),
    [
        (OrderStatus.DRAFT, "submit", None, []),
        (IN_REVIEW, "approve", OptionalComment(), ["CUSTOMER", "MEMBER"]),
        (IN_REVIEW, "sendBack", RequiredComment(comment="Please name the days."), ["MEMBER"]),
        (IN_REVIEW, "reject", NO, ["MEMBER"]),
        (IN_REVIEW, "withdraw", OptionalReason(), []),
        (AWAITING, "confirm", Confirmation(name="Kim", revision=1), ["MEMBER"]),
        (AWAITING, "requestChanges", ChangeMessage(message="Two days, please."), ["MEMBER", "STAFF"]),
        (AWAITING, "decline", OptionalReason(), ["MEMBER"]),
        (ACTIVE, "requestCancellation", CancellationReason(reason=LONG_REASON), ["STAFF"]),
        (CANCELLATION, "approveCancellation", OptionalComment(), ["CUSTOMER", "MEMBER"]),
        (CANCELLATION, "refuseCancellation", NO, ["MEMBER"]),
    ],
)
async def test_a_move_is_told_to_its_readers(status: OrderStatus, move: str, takes: Any, readers: list[str]) -> None:
    case = await an_order_of_somebody(status)
    by_member = ("submit", "withdraw", "requestCancellation")
    by_customer = ("confirm", "requestChanges", "decline")
    actor = case.by_member if move in by_member else case.by_customer if move in by_customer else STAFF

    await case.move(move, actor, takes)

    assert await the_messages(f"order.{move}") == readers


async def test_member_and_customer_are_told_that_the_offer_expired() -> None:
    await an_order_of_somebody(AWAITING, offer_valid_until=date(2026, 4, 10))
    await the_clock_shows(berlin(2026, 4, 11))

    await fire_due_deadlines()

    assert await the_messages("order.expire") == ["CUSTOMER", "MEMBER"]


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (CommentVisibility.INTERNAL, []),
        (CommentVisibility.MEMBER, ["MEMBER"]),
        (CommentVisibility.CUSTOMER, ["CUSTOMER", "MEMBER"]),
    ],
)
async def test_a_comment_of_staff_is_told_to_the_other_side(visibility: CommentVisibility, readers: list[str]) -> None:
    case = await an_order_of_somebody(ACTIVE)

    await case.move("comment", STAFF, CommentText(text="Half is done.", visibility=visibility))

    assert await the_messages("order.comment") == readers


async def test_a_customer_who_was_never_asked_is_told_nothing() -> None:
    case = await an_order_of_somebody(OrderStatus.REJECTED)

    await case.move("comment", STAFF, CommentText(text="Sorry."))

    assert await the_messages("order.comment") == ["MEMBER"]


async def test_a_cancellation_that_nobody_decides_escalates_after_two_working_days() -> None:
    await the_clock_shows(berlin(2026, 4, 2, 15))
    case = await an_order_of_somebody(CANCELLATION)
    await the_clock_shows(berlin(2026, 4, 8, 15))

    await fire_due_deadlines()

    assert await the_messages("order.cancellation") == ["STAFF"]
    assert await what_is_due("order.cancellation", case.order.id) == berlin(2026, 4, 9, 15)
    assert (await type(case.order).get(id=case.order.id)).status is CANCELLATION
