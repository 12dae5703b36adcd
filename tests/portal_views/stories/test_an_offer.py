"""An offer on its way to an answer: sent back, changed, declined, left to expire, rejected."""

from datetime import date

import pytest

from domain.orders.model import Order, OrderStatus
from tests.makers.billing import the_operator
from tests.makers.time import berlin, time_passes
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
KIM = "kim@kunde.example"


async def the_status() -> OrderStatus:
    return (await Order.get()).status


async def test_an_offer_changes_until_its_customer_agrees(cast: Cast) -> None:
    await the_operator()
    people = await everyone(OrderStatus.IN_REVIEW)
    path = f"/orders/ord_{people.case.order.id}"
    staff, member = await cast.signed_in(people.staff, path), await cast.signed_in(people.member, path)

    await sends_back(staff)
    await amends_and_submits(member, "Projekt in two parts")
    await approves(staff)
    await asks_for_a_change(await cast.reader(KIM))
    await withdraws(member)
    await amends_and_submits(member, "Projekt in October")
    await approves(staff)
    await declines(await cast.reader(KIM))
    await reopens(member)
    await amends_and_submits(member, "Projekt for less")
    await approves(staff)
    await confirms(await cast.reader(KIM))


@pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
async def test_an_offer_without_an_answer_expires_and_is_rejected_the_second_time(cast: Cast) -> None:
    await the_operator()
    people = await everyone(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=date(2026, 5, 10))
    path = f"/orders/ord_{people.case.order.id}"
    staff, member = await cast.signed_in(people.staff, path), await cast.signed_in(people.member, path)
    contact = await cast.reader(KIM)

    await extends(member, "2026-05-20")
    await time_passes(berlin(2026, 5, 21, 9))
    await contact.page.reload()
    assert "The offer has expired" in await text_of(contact.page)
    await reopens(member)
    await extends_the_draft(member, "2026-06-20")
    await rejects(staff)
    await duplicates(member)


async def sends_back(staff: Visitor) -> None:
    await staff.unfold("Send back")
    await staff.fill("Comment", "Please split the work.")
    await staff.press("Send back")
    assert "back with the member" in await notice(staff.page)


async def amends_and_submits(member: Visitor, project: str) -> None:
    await member.page.reload()
    await member.follow("Edit")
    await member.fill("Project", project)
    await member.press("Save and submit")
    assert "submitted for review" in await notice(member.page)


async def approves(staff: Visitor) -> None:
    await staff.page.reload()
    await staff.press("Approve")
    assert "approved" in await notice(staff.page)


async def asks_for_a_change(contact: Visitor) -> None:
    await contact.unfold("Ask for a change")
    await contact.fill("Message", "In October, please.")
    await contact.press("Ask for a change")
    assert "received your wish" in await text_of(contact.page)


async def withdraws(member: Visitor) -> None:
    await member.page.reload()
    assert "In October, please." in await text_of(member.page)
    await member.unfold("Withdraw")
    await member.press("Withdraw")
    assert await the_status() is OrderStatus.DRAFT


async def declines(contact: Visitor) -> None:
    await contact.unfold("Decline the offer")
    await contact.fill("Reason", "Too expensive.")
    await contact.press("Decline the offer")
    assert await the_status() is OrderStatus.REJECTED


async def reopens(member: Visitor) -> None:
    await member.page.reload()
    await member.press("Reopen")
    assert await the_status() is OrderStatus.DRAFT


async def confirms(contact: Visitor) -> None:
    assert "Projekt for less" in await text_of(contact.page)
    await contact.press("Confirm the order")
    assert await the_status() is OrderStatus.ACTIVE


async def extends(member: Visitor, day: str) -> None:
    await member.unfold("Extend the offer")
    await member.fill("Valid until and including", day)
    await member.press("Extend the offer")
    assert "valid for longer" in await notice(member.page)


async def extends_the_draft(member: Visitor, day: str) -> None:
    await member.follow("Edit")
    await member.fill("Offer valid until", day)
    await member.press("Save and submit")
    assert await the_status() is OrderStatus.IN_REVIEW


async def rejects(staff: Visitor) -> None:
    await staff.page.reload()
    await staff.unfold("Reject")
    await staff.fill("Reason", "Not our kind of work.")
    await staff.press("Reject")
    assert await the_status() is OrderStatus.REJECTED


async def duplicates(member: Visitor) -> None:
    await member.page.reload()
    assert "Not our kind of work." in await text_of(member.page)
    await member.unfold("More")
    await member.unfold("Duplicate")
    await member.press("Duplicate")
    assert "this is it" in await notice(member.page)
    assert await Order.filter(status=OrderStatus.DRAFT).count() == 1
