"""Session cookies and fetch metadata in a real browser."""

import pytest
from playwright.async_api import Browser

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies
from tests.makers.accounts import PASSWORD, an_account
from tests.support.live_server import serving

pytestmark = pytest.mark.browser


async def test_a_browser_keeps_the_session_on_this_machine_without_https(
    dependencies: Dependencies, database: str, browser: Browser
) -> None:
    account = await an_account()

    async with serving(dependencies) as address:
        page = await browser.new_page()
        await page.goto(f"http://{address}/sign-in")
        await page.fill("input[name=email]", account.email)
        await page.fill("input[name=password]", PASSWORD)
        async with page.expect_response(lambda response: response.request.method == "POST") as answered:
            await page.keyboard.press("Enter")
        status = (await answered.value).status
        cookies = {cookie["name"]: cookie for cookie in await page.context.cookies(f"http://{address}/")}
        await page.close()

    assert status == 303
    assert cookies[SESSION_COOKIE]["httpOnly"]
    assert cookies[SESSION_COOKIE]["secure"]
