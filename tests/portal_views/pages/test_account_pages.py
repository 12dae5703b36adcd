"""Account pages: sign-in, the forced change of the password, other roles, another language."""

import pytest

from domain.kernel.actors import Role
from tests.makers.accounts import PASSWORD, an_account
from tests.support.portal_browser import Portal, notice, press, text_of

pytestmark = pytest.mark.browser
NEW_PASSWORD = "a much longer password than before"


async def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    page = await portal.page()

    await page.goto("/orders")
    await page.fill("#email", account.email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")

    assert page.url == f"{portal.address}/orders"


async def test_a_wrong_password_is_said_in_words_and_keeps_the_address(portal: Portal) -> None:
    page = await portal.page(locale="de")
    await page.goto("/sign-in")

    await page.fill("#email", "nobody@werkstand.example")
    await page.fill("#password", "wrong")
    await press(page, "Anmelden")

    assert "nicht richtig" in await page.get_by_role("alert").inner_text()
    assert await page.input_value("#email") == "nobody@werkstand.example"


async def test_the_first_sign_in_asks_for_a_new_password_before_anything_else(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF, must_change_password=True))
    assert page.url == f"{portal.address}/password"

    await page.fill("#current", PASSWORD)
    await page.fill("#new", NEW_PASSWORD)
    await page.fill("#again", NEW_PASSWORD)
    await press(page, "Change password")

    assert "has been changed" in await notice(page)
    assert "Review queue" in await text_of(page)


async def test_two_different_new_passwords_are_not_taken(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))
    await page.goto("/password")

    await page.fill("#current", PASSWORD)
    await page.fill("#new", NEW_PASSWORD)
    await page.fill("#again", "something else entirely")
    await press(page, "Change password")

    assert "not the same" in await page.get_by_role("alert").inner_text()


async def test_another_role_shows_its_own_pages(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF, Role.FINANCE))

    await page.locator(".account > button").click()
    await press(page, "Finance")

    assert "Invoices waiting for you" in await text_of(page)
    assert await page.get_by_role("button", name="Billing", exact=True).is_visible()


async def test_another_language_holds_on_every_page(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))

    await page.locator(".account > button").click()
    await press(page, "Deutsch")
    await page.goto("/orders")

    assert await page.get_attribute("html", "lang") == "de"
    assert "Aufträge" in await text_of(page)


async def test_signing_out_ends_the_session(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))

    await page.locator(".account > button").click()
    await press(page, "Sign out")
    await page.goto("/orders")

    assert "/sign-in" in page.url


async def test_what_is_not_for_this_role_looks_like_what_is_not_there(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))

    answers, texts = [], []
    for path in ("/lines", "/nothing", "/orders/ord_1"):
        answers.append(await page.goto(path))
        texts.append(await text_of(page))

    assert [answer and answer.status for answer in answers] == [404, 404, 404]
    assert "Nothing to see here" in texts[0]
    assert len(set(texts)) == 1
    await page.get_by_role("link", name="Board").wait_for()


async def test_nobody_is_led_to_another_site_after_signing_in(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    page = await portal.page()

    await page.goto("/sign-in?next=//elsewhere.example/")
    await page.fill("#email", account.email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")

    assert page.url == f"{portal.address}/"


async def test_the_calendars_address_is_made_renewed_and_switched_off(portal: Portal) -> None:
    page = await portal.sign_in_by_form(await an_account(Role.STAFF))
    await page.goto("/account")
    await press(page, "Make an address")
    first = await page.input_value("#calendar-address")

    await press(page, "Renew the address")
    second = await page.input_value("#calendar-address")
    opened = [
        (await page.request.get(each.replace("http://127.0.0.1:8000", portal.address))).status
        for each in (first, second)
    ]
    await press(page, "Switch off")

    assert opened == [404, 200]
    assert "switched off" in await notice(page)
    assert await page.locator("#calendar-address").count() == 0
