"""The address of an account changes: confirmed at the new one, and undone by the mail to the old one."""

import pytest

from domain.accounts.model import Account
from tests.makers.accounts import PASSWORD
from tests.support.browsing.cast import Cast
from tests.support.browsing.passwords import NEW_PASSWORD, asks_for_a_link, chooses_a_password, signs_in
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
NEW_ADDRESS = "petra@elsewhere.example"


async def test_an_address_is_changed_and_the_old_one_takes_it_back(cast: Cast) -> None:
    person = (await everyone()).staff

    await asks_for_the_change(await cast.signed_in(person))
    changed = await confirms(await cast.reader(NEW_ADDRESS))
    await signs_in(changed, NEW_ADDRESS, PASSWORD)
    assert "Review queue" in await text_of(changed.page)
    await takes_it_back(await cast.reader(person.email))
    await is_signed_out(changed)
    await chooses_a_password_anew(cast, person)
    assert (await Account.get(id=person.id)).email == person.email


async def asks_for_the_change(person: Visitor) -> None:
    await person.unfold("Petra Person")
    await person.follow("My account")
    await person.fill("New e-mail address", NEW_ADDRESS)
    await person.fill("Current password", PASSWORD)
    await person.press("Request a link")
    assert "the new address" in await notice(person.page)


async def confirms(reader: Visitor) -> Visitor:
    await reader.press("Confirm the address")
    assert "Your new e-mail address is confirmed" in await text_of(reader.page)
    await reader.follow("Sign in")
    return reader


async def takes_it_back(reader: Visitor) -> None:
    await reader.press("Undo the change")
    assert "Your former address counts again" in await text_of(reader.page)
    await reader.follow("Choose a new password")


async def is_signed_out(changed: Visitor) -> None:
    """The one who changed the address signs in no more: neither with the session nor with the password."""
    await changed.page.goto("/orders?lang=en")
    await signs_in(changed, NEW_ADDRESS, PASSWORD)
    assert await changed.page.get_by_role("button", name="Sign in", exact=True).is_visible()


async def chooses_a_password_anew(cast: Cast, person: Account) -> None:
    await asks_for_a_link(await cast.stranger("/forgot-password?lang=en"), person.email)
    reader = await cast.reader(person.email)
    await chooses_a_password(reader)
    await signs_in(reader, person.email, NEW_PASSWORD)
    assert "Review queue" in await text_of(reader.page)
