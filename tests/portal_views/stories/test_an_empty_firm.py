"""A firm begins: its first administrator, its settings, its people, and its first order."""

from datetime import date, timedelta

import pytest

from domain.accounts.first_setup import KEY_PURPOSE, setup_token
from domain.orders.model import Order, OrderStatus
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.portal_browser import notice, text_of

pytestmark = pytest.mark.browser
PASSWORD = "a password of their own"
ADA, STEFAN, MIRA, KIM = (f"{name}@tischlerei.example" for name in ("ada", "stefan", "mira", "kim"))


async def test_a_firm_begins_with_nothing_and_gets_its_first_order(cast: Cast) -> None:
    admin = await becomes_the_first_administrator(cast)
    await writes_the_legal_texts(admin)
    await invites_an_employee(admin)
    staff = await accepts(await cast.reader(STEFAN))
    await enters_a_member(staff)
    member = await accepts(await cast.reader(MIRA))
    await enters_a_customer(member)
    await offers(member)
    await approves(staff)
    await confirms(await cast.reader(KIM))


async def becomes_the_first_administrator(cast: Cast) -> Visitor:
    token = setup_token(cast.settings.key(KEY_PURPOSE))
    founder = await cast.stranger(f"/first-run/{token}?lang=en")
    for label, text in {
        "Name in German": "Tischlerei Ost eG",
        "Name in English": "Eastern Joinery",
        "Street and number": "Werkhof 1",
        "Postcode": "10115",
        "City": "Berlin",
        "E-mail": "post@tischlerei.example",
        "VAT ID": "DE111111125",
    }.items():
        await founder.fill(label, text)
    await founder.choose("Language", "English")
    person = founder.within("First administrator")
    await person.fill("Name", "Ada Erste")
    await person.fill("E-mail", ADA)
    await person.fill("Password", PASSWORD)
    await person.fill("New password once more", PASSWORD)
    await founder.press("Set up and sign in")
    assert "A member who can sign in" in await text_of(founder.page)
    return founder


async def writes_the_legal_texts(admin: Visitor) -> None:
    await admin.follow("The imprint")
    for name in ("Imprint", "Privacy notice"):
        texts = admin.within(f"{name} in German")
        await texts.fill(f"{name} in German", f"{name}.")
        await texts.fill(f"{name} in English", f"{name}.")
        await texts.press("Save")
    texts = admin.within("Stands at the foot of every page")
    await texts.fill("Help and contact", "Call us.")
    await texts.press("Save")
    await admin.follow("Eastern Joinery")
    left = await text_of(admin.page)
    assert "The imprint" not in left
    assert "A member who can sign in" in left


async def invites_an_employee(admin: Visitor) -> None:
    await admin.unfold("Participants")
    await admin.follow("Accounts")
    await admin.follow("+ Invite a person")
    await admin.fill("E-mail", STEFAN)
    await admin.fill("Name", "Stefan Prüfer")
    await admin.tick("Staff")
    await admin.press("Send invitation")
    assert "on its way" in await notice(admin.page)


async def accepts(invited: Visitor) -> Visitor:
    await invited.choose("Language", "English")
    await invited.fill("Password", PASSWORD)
    await invited.fill("Password once more", PASSWORD)
    await invited.press("Accept the invitation")
    assert "Your account is ready" in await notice(invited.page)
    return invited


async def enters_a_member(staff: Visitor) -> None:
    await staff.unfold("Participants")
    await staff.follow("Members")
    await staff.follow("+ New member")
    await staff.fill("Name", "Mira Möbel")
    await staff.fill("E-mail", MIRA)
    await staff.press("Add the member")


async def enters_a_customer(member: Visitor) -> None:
    await member.follow("Customers")
    await member.follow("+ New customer")
    for label, text in {
        "Name on invoices": "Kundin Klar GmbH",
        "Street and number": "Musterweg 2",
        "Postcode": "10117",
        "City": "Berlin",
        "E-mail for invoices": "rechnung@klar.example",
    }.items():
        await member.fill(label, text)
    contact = member.within("Contact")
    await contact.fill("Name", "Kim Klar")
    await contact.fill("E-mail", KIM)
    await member.press("Add customer")
    assert "Kim Klar" in await text_of(member.page)


async def offers(member: Visitor) -> None:
    await member.follow("Eastern Joinery")
    await member.follow("+ New order")
    await member.fill("Project", "Tisch aus Eiche")
    await member.pick("Customer and contact", "Kundin")
    await member.fill("Service from", a_day(0))
    await member.fill("Service until", a_day(5))
    await member.fill("Text", "Tisch")
    await member.fill("Invoice date", a_day(10))
    await member.fill("Net unit price", "1500.00")
    await member.press("Save and submit")
    assert "submitted for review" in await notice(member.page)


async def approves(staff: Visitor) -> None:
    await staff.follow("Eastern Joinery")
    await staff.follow("Review ")
    await staff.press("Approve")
    assert "approved" in await notice(staff.page)


async def confirms(contact: Visitor) -> None:
    await contact.fill("Your name", "Kim Klar")
    await contact.press("Confirm the order")
    assert (await Order.get()).status is OrderStatus.ACTIVE


def a_day(later: int) -> str:
    return (date.today() + timedelta(days=later)).isoformat()
