"""A delivery: revised after its defects, on another day, accepted by silence and rated afterwards."""

import pytest

from domain.deliveries.model import AcceptedBy, Delivery, DeliveryStatus
from domain.orders.model import Order
from tests.makers.time import berlin, time_passes
from tests.support.browsing.cast import Cast
from tests.support.browsing.delivering import delivers
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
KIM = "kim@kunde.example"


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_a_delivery_is_revised_and_accepted_by_silence(cast: Cast) -> None:
    people = await everyone(delivery_due_at=berlin(2026, 4, 10, 15))
    path = f"/orders/ord_{people.case.order.id}"
    member, customer = await cast.signed_in(people.member, path), await cast.signed_in(people.customer, path)

    await delivers(member)
    await asks_for_a_revision(await cast.reader(KIM))
    await proposes(member, "2026-04-20")
    await declines_the_day(await cast.reader(KIM))
    await proposes(member, "2026-04-14")
    await agrees_to_the_day(customer)
    await delivers_again(member)
    await takes_more_time(customer)
    await time_passes(berlin(2026, 4, 8, 12))
    await rates(customer)


async def asks_for_a_revision(contact: Visitor) -> None:
    await contact.unfold("Request a revision")
    await contact.fill("Text", "The logo is too small.")
    await contact.fill("On page", "3")
    await contact.press("Request a revision")
    assert "received your remarks" in await text_of(contact.page)


async def proposes(member: Visitor, day: str) -> None:
    await member.page.reload()
    await member.unfold("Propose another day")
    await member.fill("New day of delivery", day)
    await member.fill("Reason", "The paper is late.")
    await member.press("Propose another day")


async def declines_the_day(contact: Visitor) -> None:
    assert "The paper is late." in await text_of(contact.page)
    await contact.unfold("Decline the day")
    await contact.press("Decline the day")
    assert (await Order.get()).due_proposed_on is None


async def agrees_to_the_day(customer: Visitor) -> None:
    await customer.page.reload()
    await customer.press("Agree to the day")
    assert (await Order.get()).delivery_due_at == berlin(2026, 4, 14, 15)


async def delivers_again(member: Visitor) -> None:
    await member.page.reload()
    assert "The logo is too small." in await text_of(member.page)
    await member.tick("Corrected")
    await member.press("Save the checklist")
    await member.fill("What is delivered", "With a larger logo.")
    await member.fill("Link", "https://files.example/slides-2")
    await member.press("Save the draft")
    await member.press("Deliver again")
    assert "new version" in await notice(member.page)


async def takes_more_time(customer: Visitor) -> None:
    await customer.page.reload()
    await customer.unfold("More time to review")
    await customer.choose("Review until", "Monday, 6 April 2026")
    await customer.press("More time to review")


async def rates(customer: Visitor) -> None:
    await customer.page.reload()
    await customer.tick("4")
    await customer.press("Rate the delivery")
    delivery = await Delivery.get()
    assert (delivery.status, delivery.accepted_by, delivery.rating) == (DeliveryStatus.ACCEPTED, AcceptedBy.SILENCE, 4)
