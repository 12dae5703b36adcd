"""Acceptance by silence: the clock, the late customer, and what a review waits for."""

import pytest

from domain.access.model import Link, LinkEnd
from domain.commands import fire_due_deadlines
from domain.deliveries.inputs import Acceptance, Rating, ReviewExtension, Submission
from domain.deliveries.model import AcceptedBy, DeliveryStatus
from domain.kernel.actors import CLOCK, Actor, ActorKind, Role
from domain.kernel.errors import Code, Refused
from domain.operator.model import OperatorSettings
from domain.parties.model import CustomerKind
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.records import the_events_of, the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

THE_END = berlin(2026, 6, 4, 12)
AN_HOUR_LATE = berlin(2026, 6, 4, 13)
A_SECOND_BEFORE = berlin(2026, 6, 4, 11, 59, 59)


async def the_link(case: DeliveryCase) -> Actor:
    """The actor that the mailed review link of this delivery authenticates."""
    link = await Link.filter(delivery_id=case.id).order_by("-id").first().values("id")
    return Actor(
        kind=ActorKind.LINK,
        role=Role.CUSTOMER,
        order_id=case.around.order.id,
        delivery_id=case.id,
        link_id=link["id"],
    )


async def test_the_clock_accepts_a_delivery_nobody_answered() -> None:
    case = await a_delivery()
    await the_clock_shows(THE_END)

    await fire_due_deadlines()

    await case.delivery.refresh_from_db()
    assert (case.delivery.status, case.delivery.accepted_by) == (DeliveryStatus.ACCEPTED, AcceptedBy.SILENCE)
    assert (await the_events_of(case.id))[-2:] == ["delivery.submit", "delivery.autoAccept"]
    assert await the_messages("delivery.autoAccept") == ["CUSTOMER", "MEMBER"]


async def test_the_clock_waits_until_the_very_second() -> None:
    case = await a_delivery()
    await the_clock_shows(A_SECOND_BEFORE)

    await fire_due_deadlines()

    await case.delivery.refresh_from_db()
    assert case.delivery.status is DeliveryStatus.DELIVERED
    assert await the_messages("delivery.reviewReminder") == ["CUSTOMER"]


@pytest.mark.parametrize(
    ("move", "takes", "status"),
    [
        ("requestRevision", None, DeliveryStatus.REVISION_REQUESTED),
        ("accept", None, DeliveryStatus.ACCEPTED),
        ("extendReview", ReviewExtension(until=berlin(2026, 6, 5, 12)), DeliveryStatus.DELIVERED),
    ],
)
async def test_the_customer_who_answers_a_second_before_the_end_wins(
    move: str, takes: ReviewExtension | None, status: DeliveryStatus
) -> None:
    case = await a_delivery()
    await the_clock_shows(A_SECOND_BEFORE)

    await case.move(move, takes)
    await the_clock_shows(THE_END)
    await fire_due_deadlines()

    await case.delivery.refresh_from_db()
    assert case.delivery.status is status
    assert case.delivery.accepted_by is not AcceptedBy.SILENCE


@pytest.mark.parametrize("the_clock_runs", [True, False])
async def test_a_late_acceptance_is_refused_and_names_the_silent_one(the_clock_runs: bool) -> None:
    case = await a_delivery()
    await the_clock_shows(AN_HOUR_LATE)
    if the_clock_runs:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move("accept", Acceptance(version_number=1, rating=5))

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.reason) == (Code.ILLEGAL_TRANSITION, "accepted_by_silence")
    assert refusal.params["accepted_at"] == THE_END
    assert (case.delivery.accepted_by, case.delivery.rating) == (AcceptedBy.SILENCE, None)
    assert (await the_events_of(case.id)).count("delivery.accept") == 0


@pytest.mark.parametrize("the_clock_runs", [True, False])
@pytest.mark.parametrize("move", ["requestRevision", "extendReview"])
async def test_a_late_objection_meets_the_deadline(move: str, the_clock_runs: bool) -> None:
    case = await a_delivery()
    await the_clock_shows(THE_END)
    if the_clock_runs:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move(move, ReviewExtension(until=berlin(2026, 6, 6)) if move == "extendReview" else None)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.due_at) == (Code.DEADLINE_PASSED, THE_END)
    assert case.delivery.status is DeliveryStatus.ACCEPTED


async def test_after_a_real_acceptance_an_objection_is_not_late_but_out_of_place() -> None:
    case = await a_delivery(DeliveryStatus.ACCEPTED)

    with pytest.raises(Refused) as refused:
        await case.move("requestRevision")

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_a_mailed_link_accepts_without_signing_in_and_is_used_up() -> None:
    case = await a_delivery()
    holder = await the_link(case)

    await case.move("accept", actor=holder)

    link = await Link.get(id=holder.link_id)
    assert (case.delivery.accepted_by, link.end) == (AcceptedBy.CUSTOMER, LinkEnd.USED)


@pytest.mark.parametrize("the_clock_runs", [True, False])
async def test_a_late_acceptance_through_the_link_is_refused_too(the_clock_runs: bool) -> None:
    case = await a_delivery()
    holder = await the_link(case)
    await the_clock_shows(THE_END)
    if the_clock_runs:
        await fire_due_deadlines()

    with pytest.raises(Refused) as refused:
        await case.move("accept", actor=holder)

    assert [refusal.reason for refusal in refused.value.refusals] == ["accepted_by_silence"]
    assert case.delivery.accepted_by is AcceptedBy.SILENCE


async def test_silence_counts_from_the_end_of_the_review_however_late_the_clock_fires() -> None:
    case = await a_delivery()
    await the_clock_shows(AN_HOUR_LATE)

    await fire_due_deadlines()

    await case.delivery.refresh_from_db()
    assert case.delivery.accepted_at == THE_END


async def test_a_silent_acceptance_can_be_rated_once() -> None:
    case = await a_delivery()
    await the_clock_shows(THE_END)
    await fire_due_deadlines()

    await case.move("rate", Rating(rating=4))

    assert case.delivery.rating == 4
    with pytest.raises(Refused) as refused:
        await case.move("rate", Rating(rating=1))
    assert [refusal.reason for refusal in refused.value.refusals] == ["already_rated"]


async def test_the_link_of_a_silent_acceptance_still_rates() -> None:
    case = await a_delivery()
    holder = await the_link(case)
    await the_clock_shows(THE_END)
    await fire_due_deadlines()

    await case.move("rate", Rating(rating=5), actor=holder)

    assert case.delivery.rating == 5


async def test_a_late_objection_through_the_link_meets_the_deadline() -> None:
    case = await a_delivery()
    holder = await the_link(case)
    await the_clock_shows(THE_END)

    with pytest.raises(Refused) as refused:
        await case.move("requestRevision", actor=holder)

    assert refused.value.refusals[0].code is Code.DEADLINE_PASSED


async def test_the_link_of_an_earlier_version_is_void() -> None:
    case = await a_delivery()
    earlier = await the_link(case)
    await case.move("requestRevision")
    await case.move("describe")
    await case.move("resubmit", Submission())

    with pytest.raises(Refused) as refused:
        await case.move("extendReview", ReviewExtension(until=berlin(2026, 6, 5, 12)), actor=earlier)

    assert [refusal.reason for refusal in refused.value.refusals] == ["link_is_void"]


async def test_a_review_is_extended_once_and_its_deadlines_follow() -> None:
    case = await a_delivery()
    later = berlin(2026, 6, 7, 12)

    await case.move("extendReview", ReviewExtension(until=later))

    assert await what_is_due("delivery.autoAccept", case.id) == later
    assert await what_is_due("delivery.reviewReminder", case.id) == berlin(2026, 6, 6, 12)
    assert await the_messages("delivery.extendReview") == ["MEMBER"]
    with pytest.raises(Refused) as refused:
        await case.move("extendReview", ReviewExtension(until=berlin(2026, 6, 8, 12)))
    assert [refusal.reason for refusal in refused.value.refusals] == ["review_extended_enough"]


async def test_the_operator_may_allow_more_and_longer_extensions() -> None:
    await OperatorSettings.all().update(max_review_extensions=2, max_review_extension_days=5)
    case = await a_delivery()

    await case.move("extendReview", ReviewExtension(until=berlin(2026, 6, 9, 12)))
    await case.move("extendReview", ReviewExtension(until=berlin(2026, 6, 14, 12)))

    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 6, 14, 12)


async def test_a_consumers_review_begins_when_the_mail_was_accepted() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)
    before = await what_is_due("delivery.autoAccept", case.id)
    await the_clock_shows(berlin(2026, 6, 2, 15))

    await case.move("startReview", actor=CLOCK)

    assert before is None
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 6, 5, 15)


async def test_until_then_a_consumer_may_object_and_silence_says_nothing() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)
    await the_clock_shows(berlin(2026, 7, 1))
    await fire_due_deadlines()

    await case.move("requestRevision")

    assert case.delivery.status is DeliveryStatus.REVISION_REQUESTED


async def test_staff_are_told_when_a_consumers_mail_was_not_accepted_within_a_day() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)
    before = await what_is_due("delivery.unsent", case.id)
    await the_clock_shows(berlin(2026, 6, 2, 12))

    await fire_due_deadlines()

    assert before == berlin(2026, 6, 2, 12)
    assert await what_is_due("delivery.unsent", case.id) is None


async def test_nobody_is_told_once_the_mail_was_accepted() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)

    await case.move("startReview", actor=CLOCK)

    assert await what_is_due("delivery.unsent", case.id) is None


async def test_a_review_that_has_not_begun_cannot_be_extended() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)

    with pytest.raises(Refused) as refused:
        await case.move("extendReview", ReviewExtension(until=berlin(2026, 6, 5)))

    assert [refusal.reason for refusal in refused.value.refusals] == ["review_not_started"]
