"""A browser in front of the real application, and the actions of its users."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, expect

from api.auth.authentication import SESSION_COOKIE
from domain.accounts.model import Account
from tests.makers.accounts import PASSWORD, a_session
from tests.support.polling import PATIENCE_SECONDS

DESKTOP = {"width": 1200, "height": 900}
PATIENCE_MS = 500 * PATIENCE_SECONDS
PHONE = {"width": 390, "height": 800}

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Portal:
    """The application at an address of its own, and a browser to look at it."""

    address: str
    browser: Browser

    async def page(self, *, size: Mapping[str, int] = DESKTOP, **more: Any) -> Page:
        """A browser without cookies; it forgets everything when it is closed."""
        known: dict[str, Any] = {"locale": "en-US", "base_url": self.address}
        context = await self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, **known | more
        )
        context.set_default_timeout(PATIENCE_MS)
        return await context.new_page()

    async def signed_in(self, account: Account, **more: Any) -> Page:
        """An empty page of a browser in which the account is signed in, as the sign-in leaves it."""
        page = await self.page(**more)
        host, secret = urlsplit(self.address).hostname or "", await a_session(account)
        await page.context.add_cookies(
            [{"name": SESSION_COOKIE, "value": secret, "domain": host, "path": "/", "secure": True, "httpOnly": True}]
        )
        return page

    async def sign_in(self, account: Account, **more: Any) -> Page:
        """The first page of a browser in which the account is signed in; the form is left to those who test it."""
        page = await self.signed_in(account, **more)
        await page.goto("/")
        return page

    async def sign_in_by_form(self, account: Account, **more: Any) -> Page:
        """Sign in with the password, and return the first page."""
        page = await self.page(**more)
        await page.goto("/sign-in")
        await page.fill("#email", account.email)
        await page.fill("#password", PASSWORD)
        async with page.expect_navigation():
            await page.locator("form:has(#password) button").click()
        return page


async def press(page: Page, words: str) -> None:
    """Press a button by its words and wait for the page it leads to."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=words, exact=True).first.click()


async def unfold(page: Page, words: str) -> None:
    """Open what is folded below these words."""
    await page.locator("summary", has_text=words).first.click()


async def text_of(page: Page) -> str:
    """Everything that stands in the page's main part, once the page has come whole."""
    await page.wait_for_load_state("domcontentloaded")
    return await page.locator("main").inner_text()


async def notice(page: Page) -> str:
    """What the page says was done."""
    return await page.locator(".notice[role=status]").inner_text()


async def write_status(page: Page, label: str, button: str, **more: str) -> None:
    """Write a client status by hand on an order's page, and press a button of its form."""
    form = page.locator("#status-form")
    await form.locator("summary").click()
    for name, value in {"label": label, **more}.items():
        await form.locator(f"[name={name}]").fill(value)
    async with page.expect_navigation():
        await form.get_by_role("button", name=button, exact=True).click()


async def switch_status(page: Page) -> None:
    """Show or hide the client status by the switch on an order's page."""
    async with page.expect_navigation():
        await page.get_by_role("switch").click()


async def accept_delivery(page: Page, first: str = "Accept the delivery", then: str = "Yes, accept for good") -> None:
    """Accept a delivery once the page has said what becomes final."""
    await unfold(page, first)
    await press(page, then)


async def choose(page: Page, label: str, text: str) -> None:
    """Type a text into a field that finds a row by typing, and take the first that it offers."""
    field = page.get_by_role("combobox", name=label, exact=True)
    await field.fill(text)
    await page.locator(".offered").get_by_role("option", name=text).first.click()
