"""Deliveries while the cancellation of their order is under review, and afterwards."""

from datetime import datetime

import pytest

from domain.access.model import Link, LinkEnd
from domain.commands import fire_due_deadlines
from domain.deliveries.inputs import ReviewExtension
from domain.deliveries.model import DeliveryStatus
from domain.engine.model import Event
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused
from domain.orders.inputs import CancellationReason, OptionalComment, RequiredReason
from domain.parties.model import CustomerKind
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.parties import STAFF
from tests.makers.records import the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

A_REASON = CancellationReason(reason="The project has been called off by everyone.")


async def ask_for_cancellation(case: DeliveryCase, at: datetime) -> None:
    await the_clock_shows(at)
    await case.around.move("requestCancellation", case.around.by_member, A_REASON)
    await case.delivery.refresh_from_db()


async def refuse_cancellation(case: DeliveryCase, at: datetime) -> None:
    await the_clock_shows(at)
    await case.around.move("refuseCancellation", STAFF, RequiredReason(reason="The work is done already."))
    await case.delivery.refresh_from_db()


async def test_the_review_is_paused_and_goes_on_with_what_was_left() -> None:
    case = await a_delivery()

    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))
    paused = await what_is_due("delivery.autoAccept", case.id)
    await refuse_cancellation(case, at=berlin(2026, 6, 8, 10))

    assert paused is None
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 6, 10, 12)


async def test_the_customer_is_told_until_when_the_review_goes_on() -> None:
    case = await a_delivery()
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))
    before = await the_messages("delivery.resumeReview")

    await refuse_cancellation(case, at=berlin(2026, 6, 8, 10))

    assert (before, await the_messages("delivery.resumeReview")) == ([], ["CUSTOMER"])


async def test_at_least_24_hours_are_left_when_it_goes_on() -> None:
    case = await a_delivery()

    await ask_for_cancellation(case, at=berlin(2026, 6, 4, 11))
    await refuse_cancellation(case, at=berlin(2026, 6, 8, 10))

    assert case.delivery.review_ends_at == berlin(2026, 6, 9, 10)
    assert case.delivery.review_left_seconds is None


# Delivered, cancellation asked for, refused, and the end of the review: what was left in real time, at least 24 hours.
PAUSES = [
    (berlin(2026, 3, 27, 18), berlin(2026, 3, 28, 12), berlin(2026, 4, 2, 12), berlin(2026, 4, 4, 17), "53 hours left"),
    (berlin(2026, 10, 23, 18), berlin(2026, 10, 24, 18), berlin(2026, 10, 26, 9), berlin(2026, 10, 28, 10), "49 hours"),
    (berlin(2026, 12, 30, 9), berlin(2026, 12, 31, 12), berlin(2027, 1, 4, 10), berlin(2027, 1, 6, 7), "over new year"),
    (berlin(2026, 6, 1, 23, 59), berlin(2026, 6, 4, 23, 58), berlin(2026, 6, 5), berlin(2026, 6, 6), "a minute left"),
    (berlin(2026, 3, 25, 18), berlin(2026, 3, 28, 17), berlin(2026, 3, 28, 20), berlin(2026, 3, 29, 21), "a real day"),
]


@pytest.mark.parametrize(
    ("delivered", "asked", "refused", "ends"), [pytest.param(*case[:4], id=case[4]) for case in PAUSES]
)
async def test_a_pause_moves_the_end_of_the_review(
    delivered: datetime, asked: datetime, refused: datetime, ends: datetime
) -> None:
    case = await a_delivery(at=delivered)

    await ask_for_cancellation(case, at=asked)
    await refuse_cancellation(case, at=refused)

    assert await what_is_due("delivery.autoAccept", case.id) == ends


@pytest.mark.parametrize("move", ["accept", "requestRevision", "extendReview"])
async def test_the_customer_moves_nothing_meanwhile(move: str) -> None:
    case = await a_delivery()
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))
    takes = ReviewExtension(until=berlin(2026, 6, 6)) if move == "extendReview" else None

    with pytest.raises(Refused) as refused:
        await case.move(move, takes)

    assert "review_is_paused" in [refusal.reason for refusal in refused.value.refusals]
    assert case.delivery.status is DeliveryStatus.DELIVERED


async def test_the_clock_accepts_nothing_meanwhile() -> None:
    case = await a_delivery()
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))
    await the_clock_shows(berlin(2026, 6, 30))

    await fire_due_deadlines()

    await case.delivery.refresh_from_db()
    assert case.delivery.status is DeliveryStatus.DELIVERED


async def test_a_request_after_the_reviews_end_comes_too_late_to_pause_it() -> None:
    case = await a_delivery()

    await ask_for_cancellation(case, at=berlin(2026, 6, 4, 12))

    assert case.delivery.status is DeliveryStatus.ACCEPTED


async def test_a_mail_accepted_meanwhile_starts_the_whole_review_afterwards() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))

    await case.move("startReview", actor=CLOCK)
    waiting = case.delivery.review_ends_at
    await refuse_cancellation(case, at=berlin(2026, 6, 8, 10))

    assert waiting is None
    assert case.delivery.review_ends_at == berlin(2026, 6, 11, 10)


@pytest.mark.parametrize("status", [DeliveryStatus.DRAFT, DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED])
async def test_an_approved_cancellation_cancels_what_is_open(status: DeliveryStatus) -> None:
    case = await a_delivery(status)
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))

    await case.around.move("approveCancellation", STAFF, OptionalComment())

    await case.delivery.refresh_from_db()
    event = await Event.get(subject_id=case.id, name="delivery.cancel")
    assert case.delivery.status is DeliveryStatus.CANCELED
    assert ("CUSTOMER" in event.audience) is (status is not DeliveryStatus.DRAFT)


async def test_what_was_accepted_stays_accepted() -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))

    await case.around.move("approveCancellation", STAFF, OptionalComment())

    await case.delivery.refresh_from_db()
    assert case.delivery.status is DeliveryStatus.ACCEPTED


async def test_the_review_link_is_closed_with_the_delivery() -> None:
    case = await a_delivery()
    await ask_for_cancellation(case, at=berlin(2026, 6, 2, 10))

    await case.around.move("approveCancellation", STAFF, OptionalComment())

    link = await Link.get(delivery_id=case.id)
    assert link.end is LinkEnd.CLOSED
