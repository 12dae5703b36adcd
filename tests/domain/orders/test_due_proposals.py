"""Another day of delivery: proposed by the member, answered by the customer, and what moves with it."""

from datetime import date
from typing import Any

import pytest

from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.commands import fire_due_deadlines
from domain.deliveries.model import DeliveryStatus
from domain.kernel.errors import Code, Refused
from domain.orders.inputs import ContactChoice, DueProposal, OptionalReason
from domain.orders.model import OrderStatus, ReviewStart
from domain.parties.model import Contact
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import Case, an_order
from tests.makers.records import the_events_of, the_messages, what_is_due
from tests.makers.time import berlin, the_clock_shows

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))

PROPOSED = DueProposal(due_on=date(2026, 6, 19), reason="The printer is late.")
AGREED_AT = berlin(2026, 6, 10, 15)


async def a_proposal(**facts: Any) -> Case:
    case = await an_active_order(delivery_due_at=AGREED_AT, **facts)
    await case.move("proposeDue", case.by_member, PROPOSED)
    return case


async def test_a_proposed_day_is_mailed_to_the_customer_with_a_link_of_its_own() -> None:
    case = await a_proposal()

    link = await Link.get(order_id=case.order.id, purpose=LinkPurpose.DUE)

    assert (case.order.due_proposed_on, case.order.due_proposal_reason) == (date(2026, 6, 19), "The printer is late.")
    assert case.order.delivery_due_at == AGREED_AT
    assert await the_messages("order.proposeDue") == ["CUSTOMER"]
    assert link.contact_id == case.order.contact_id


async def test_an_accepted_day_keeps_the_agreed_time_of_day_and_moves_the_deadlines() -> None:
    case = await a_proposal()

    await case.move("acceptDue", case.by_customer)

    assert case.order.delivery_due_at == berlin(2026, 6, 19, 15)
    assert case.order.due_proposed_on is None
    assert await what_is_due("order.deliveryDue", case.order.id) == berlin(2026, 6, 19, 15)
    assert await what_is_due("order.deliveryReminder", case.order.id) == berlin(2026, 6, 17, 15)


async def test_the_customer_gets_a_copy_of_the_day_that_they_agreed_to() -> None:
    case = await a_proposal()

    await case.move("acceptDue", case.by_customer)

    assert await the_messages("order.acceptDue") == ["CUSTOMER", "MEMBER"]


async def test_an_order_without_a_day_is_due_at_the_end_of_the_proposed_working_day() -> None:
    case = await an_active_order()
    await case.move("proposeDue", case.by_member, PROPOSED)

    await case.move("acceptDue", case.by_customer)

    assert case.order.delivery_due_at == berlin(2026, 6, 19, 18)


async def test_a_declined_day_leaves_the_agreed_one_and_can_be_followed_by_another() -> None:
    case = await a_proposal()

    await case.move("declineDue", case.by_customer, OptionalReason(reason="We open on the 12th."))
    await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 6, 11)))

    assert case.order.delivery_due_at == AGREED_AT
    assert case.order.due_proposed_on == date(2026, 6, 11)
    assert await the_messages("order.declineDue") == ["MEMBER"]


@pytest.mark.parametrize("move", ["acceptDue", "declineDue"])
async def test_the_link_is_used_up_by_the_answer(move: str) -> None:
    case = await a_proposal()

    await case.move(move, case.by_customer)

    assert (await Link.get(purpose=LinkPurpose.DUE)).end is LinkEnd.USED


async def test_only_one_day_is_proposed_at_a_time() -> None:
    case = await a_proposal()

    with pytest.raises(Refused) as refused:
        await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 6, 30)))

    assert refused.value.refusals[0].reason == "due_proposal_still_open"


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2026, 6, 1)])
async def test_the_proposed_day_is_later_than_today(day: date) -> None:
    case = await an_active_order()

    with pytest.raises(Refused) as refused:
        await case.move("proposeDue", case.by_member, DueProposal(due_on=day))

    assert refused.value.refusals[0].reason == "due_not_later_than_today"


async def test_a_day_that_has_begun_can_no_longer_be_answered_and_another_be_proposed() -> None:
    case = await a_proposal()
    await the_clock_shows(berlin(2026, 6, 19, 0))

    with pytest.raises(Refused) as refused:
        await case.move("acceptDue", case.by_customer)
    await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 6, 30)))

    assert refused.value.refusals[0].reason == "no_due_proposal_open"
    assert case.order.due_proposed_on == date(2026, 6, 30)


async def test_an_order_that_is_not_active_has_no_proposals() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2035, 1, 31))

    with pytest.raises(Refused) as refused:
        await case.move("proposeDue", case.by_member, PROPOSED)

    assert refused.value.refusals[0].code is Code.ILLEGAL_TRANSITION


async def test_a_running_review_that_counts_from_the_due_day_moves_with_it() -> None:
    case = await a_proposal(review_start=ReviewStart.LATER_OF_DELIVERY_AND_DUE)
    delivered = await a_delivery(around=case)

    await case.move("acceptDue", case.by_customer)

    await delivered.delivery.refresh_from_db()
    assert delivered.delivery.review_ends_at == berlin(2026, 6, 22, 15)
    assert await what_is_due("delivery.autoAccept", delivered.id) == berlin(2026, 6, 22, 15)
    assert (await the_events_of(delivered.id))[-1] == "delivery.followDue"


async def test_a_review_never_ends_earlier_than_the_customer_was_told() -> None:
    case = await an_active_order(
        delivery_due_at=berlin(2026, 6, 20, 15), review_start=ReviewStart.LATER_OF_DELIVERY_AND_DUE
    )
    delivered = await a_delivery(around=case)
    await case.move("proposeDue", case.by_member, DueProposal(due_on=date(2026, 6, 5)))

    await case.move("acceptDue", case.by_customer)

    await delivered.delivery.refresh_from_db()
    assert delivered.delivery.review_ends_at == berlin(2026, 6, 23, 15)


async def test_a_review_that_counts_from_the_delivery_stays() -> None:
    case = await a_proposal()
    delivered = await a_delivery(around=case)

    await case.move("acceptDue", case.by_customer)

    await delivered.delivery.refresh_from_db()
    assert delivered.delivery.review_ends_at == berlin(2026, 6, 4, 12)
    assert delivered.delivery.status is DeliveryStatus.DELIVERED


async def test_a_new_contact_is_asked_about_the_proposed_day() -> None:
    case = await a_proposal()
    other = await Contact.create(
        customer_id=case.customer.id, name="Olga", email="olga@kunde.example", created_at=berlin(2026, 6, 1)
    )

    await case.move("changeContact", case.by_member, ContactChoice(contact_id=other.id))

    earlier, later = await Link.filter(purpose=LinkPurpose.DUE).order_by("created_at")
    assert (earlier.end, later.contact_id) == (LinkEnd.SUPERSEDED, other.id)
    assert await the_messages("order.repeatDueProposal") == ["CUSTOMER"]


async def test_the_member_is_reminded_two_working_days_before_the_delivery_is_due() -> None:
    case = await an_active_order(delivery_due_at=berlin(2026, 6, 8, 15))
    await the_clock_shows(berlin(2026, 6, 4, 15))

    await fire_due_deadlines()

    assert await the_messages("order.deliveryReminder") == ["MEMBER"]
    assert case.order.delivery_due_at == berlin(2026, 6, 8, 15)
