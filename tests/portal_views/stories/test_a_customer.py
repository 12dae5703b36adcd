"""A contact of a customer: invited to the portal and once more, asking and answered there, choosing mails."""

import pytest

from domain.orders.model import OrderStatus
from domain.parties.model import Contact, StatusMails
from tests.makers.orders import an_order
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import FAR
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
KIM = "kim@kunde.example"
PASSWORD = "a password of their own"


async def test_a_contact_is_invited_asks_and_chooses_mails(cast: Cast) -> None:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    member = await cast.member(case.member, f"/orders/ord_{case.order.id}")

    await invites(member)
    contact = await accepts(await cast.reader(KIM))
    await asks(contact)
    await answers(member)
    await contact.page.reload()
    assert "It will be blue." in await text_of(contact.page)
    await chooses_mails(contact)


async def invites(member: Visitor) -> None:
    await member.follow("Kunde XYZ")
    await member.follow("Invite")
    await member.press("Send invitation")
    assert "on its way" in await notice(member.page)
    await member.follow("Invitation")
    await member.press("Send the invitation again")
    assert "on its way again" in await notice(member.page)


async def accepts(invited: Visitor) -> Visitor:
    await invited.choose("Language", "English")
    await invited.fill("Password", PASSWORD)
    await invited.fill("Password once more", PASSWORD)
    await invited.press("Accept the invitation")
    return invited


async def asks(contact: Visitor) -> None:
    await contact.follow("Orders")
    await contact.follow("Projekt ABC")
    await contact.fill("Comment", "May it be blue?")
    await contact.press("Send message")


async def answers(member: Visitor) -> None:
    await member.follow("Orders")
    await member.follow("Projekt ABC")
    assert "May it be blue?" in await text_of(member.page)
    await member.fill("Comment", "It will be blue.")
    await member.press("Send to customer and operator")


async def chooses_mails(contact: Visitor) -> None:
    await contact.follow("Mails")
    await contact.choose("Mails about the status of your work", "Once a day")
    await contact.press("Save")
    assert (await Contact.get()).status_mails is StatusMails.DAILY
