"""Passkeys with the browser's own virtual device, at a host's name as they need it."""

from dataclasses import replace

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account
from domain.accounts.second_factors.model import Passkey
from domain.kernel.actors import Role
from tests.makers.accounts import PASSWORD, an_account
from tests.support.portal_browser import Portal, press, text_of
from tests.support.second_factors import add_virtual_authenticator

pytestmark = pytest.mark.browser


async def test_a_passkey_is_added_and_named(portal: Portal) -> None:
    page = await with_a_passkey(named(portal), await an_account(Role.STAFF))
    assert await page.locator(".codes code").count() == 10

    await page.goto("/security")

    assert "Work laptop" in await text_of(page)


async def test_a_passkey_is_the_second_factor(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    page = await with_a_passkey(named(portal), account)
    await sign_out(page)
    await page.fill("#email", account.email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")
    assert "Second step" in await text_of(page)

    await press(page, "Use a passkey")

    assert page.url == f"{named(portal).address}/"


async def test_a_passkey_signs_in_without_password(portal: Portal) -> None:
    page = await with_a_passkey(named(portal), await an_account(Role.STAFF))
    await sign_out(page)

    await press(page, "Sign in with a passkey")

    assert page.url == f"{named(portal).address}/"
    assert (await Passkey.get()).last_used_at is not None


async def test_a_removed_passkey_opens_nothing(portal: Portal) -> None:
    page = await with_a_passkey(named(portal), await an_account(Role.STAFF))
    await page.goto("/security")
    await press(page, "Remove the passkey Work laptop")
    await sign_out(page)

    await press(page, "Sign in with a passkey")

    assert "could not be verified" in await page.get_by_role("alert").first.inner_text()
    await page.goto("/orders")
    assert "/sign-in" in page.url


async def test_a_device_without_the_passkey_is_told_in_words(portal: Portal) -> None:
    page = await named(portal).page()
    await page.goto("/sign-in?lang=en")
    await add_virtual_authenticator(page)

    await page.get_by_role("button", name="Sign in with a passkey").click()

    await page.get_by_text("That did not work or was cancelled.").wait_for()


async def test_an_ip_address_offers_no_passkeys(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))

    await page.goto("/security")

    assert f"They do at {named(portal).address}" in await text_of(page)
    assert await page.get_by_role("link", name="Add a passkey").count() == 0


def named(portal: Portal) -> Portal:
    """The same portal under a name, since browsers refuse passkeys at an IP address."""
    return replace(portal, address=portal.address.replace("127.0.0.1", "localhost"))


async def with_a_passkey(portal: Portal, account: Account) -> Page:
    """A signed-in page whose account has just got its first passkey, on a device of this page."""
    page = await portal.sign_in_by_form(account)
    await add_virtual_authenticator(page)
    await page.goto("/security/passkeys/new")
    await page.fill("#name", "Work laptop")
    await press(page, "Create the passkey")
    return page


async def sign_out(page: Page) -> None:
    await page.goto("/security")
    await press(page, "Sign out on all devices")
