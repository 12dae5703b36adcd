"""The security page: sessions, tokens and the authenticator app, before a browser."""

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account, Session
from domain.kernel.actors import Role
from tests.makers.accounts import PASSWORD, actor_of_token, an_account
from tests.support.portal_browser import Portal, notice, press, text_of
from tests.support.second_factors import App, an_app, second_factors_are_required

pytestmark = pytest.mark.browser


async def test_a_session_that_another_browser_ends_is_over(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    lost = await portal.sign_in_by_form(account)
    page = await portal.sign_in_by_form(account)
    await page.goto("/security")
    assert "This one" in await text_of(page)

    await press(page, "End")
    await lost.goto("/orders")

    assert await notice(page) == "The session has ended."
    assert "/sign-in" in lost.url
    assert await page.get_by_role("button", name="End", exact=True).count() == 0


async def test_a_token_is_shown_once_and_revoked(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF, Role.FINANCE))
    await page.goto("/security/tokens/new")
    await page.fill("#name", "Nightly report")
    await page.select_option("#role", "FINANCE")
    await press(page, "Create the token")
    secret = await page.inner_text("#secret")
    actor = await actor_of_token(secret)
    assert actor is not None
    assert (actor.role, actor.read_only) == (Role.FINANCE, True)

    await page.goto("/security")
    assert secret not in await page.content()
    await press(page, "Revoke the token Nightly report")

    assert await actor_of_token(secret) is None


async def test_the_app_is_set_up_and_asked_for_at_the_next_sign_in(portal: Portal) -> None:
    account = await an_account(Role.MEMBER)
    page = await portal.sign_in_by_form(account)
    await page.goto("/security")
    await press(page, "Set up")
    await page.locator("summary", has_text="by hand").click()
    app = App(await page.inner_text(".secret"))
    await page.fill("#code", app.code())
    await press(page, "Confirm")
    assert await page.locator(".codes code").count() == 10

    again = await portal.sign_in_by_form(account)

    assert again.url.startswith(f"{portal.address}/sign-in/second-factor")
    await again.fill("#code", app.code(1))
    await press(again, "Sign in")
    assert again.url == f"{portal.address}/"


async def test_the_second_step_leads_to_the_page_that_was_wanted(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    app = await an_app(account)
    page = await portal.page()
    await page.goto("/orders")
    await first_step(page, account)

    await page.fill("#code", "000000")
    await press(page, "Sign in")
    assert "not right" in await page.get_by_role("alert").inner_text()
    await page.fill("#code", app.code())
    await press(page, "Sign in")

    assert page.url == f"{portal.address}/orders"


async def test_a_recovery_code_replaces_the_lost_app(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    app = await an_app(account)
    page = await portal.sign_in_by_form(account)

    await page.locator("summary", has_text="Lost your device?").click()
    await page.fill("#recovery_code", app.recovery_codes[0])
    await press(page, "Sign in with the recovery code")
    await page.goto("/security")

    assert "9 left" in await text_of(page)


async def test_the_password_alone_opens_no_page(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    await an_app(account)
    page = await portal.sign_in_by_form(account)

    await page.goto("/orders")

    assert "/sign-in?next" in page.url


async def test_an_employee_who_owes_a_factor_is_led_to_it_and_nowhere_else(portal: Portal) -> None:
    await second_factors_are_required()
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))
    assert page.url == f"{portal.address}/security"
    await page.goto("/orders")
    assert page.url == f"{portal.address}/security"
    assert "Your role requires one" in await text_of(page)

    await press(page, "Set up")
    await page.locator("summary", has_text="by hand").click()
    await page.fill("#code", App(await page.inner_text(".secret")).code())
    await press(page, "Confirm")
    await page.goto("/orders")

    assert page.url == f"{portal.address}/orders"


async def test_an_old_session_asks_for_the_password_before_security_changes(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))
    await Session.all().update(confirmed_at=None)
    await page.goto("/security/tokens/new")
    assert "Is it you?" in await text_of(page)

    await page.fill("#password", "wrong")
    await press(page, "Continue")
    assert "not right" in await page.get_by_role("alert").inner_text()
    await page.fill("#password", PASSWORD)
    await press(page, "Continue")

    assert page.url == f"{portal.address}/security/tokens/new"


async def test_an_administrator_resets_the_factors_of_who_has_lost_them(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    await an_app(account)
    page = await portal.sign_in_by_form(await an_account(Role.ADMIN))
    await page.goto("/security/accounts")

    await press(page, f"Reset the second factors of {account.name}")

    assert "reset" in await notice(page)
    assert (await portal.sign_in_by_form(account)).url == f"{portal.address}/"


async def test_other_roles_find_no_page_that_resets_factors(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))

    answer = await page.goto("/security/accounts")

    assert answer is not None
    assert answer.status == 404


async def first_step(page: Page, account: Account) -> None:
    await page.fill("#email", account.email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")
