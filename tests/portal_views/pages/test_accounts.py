"""Stories of accounts in the browser: invited, accepted, forgotten, moved to another address, deactivated."""

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account, AccountStatus
from domain.kernel.actors import Role
from domain.parties.model import Contact
from settings import Settings
from tests.makers.accounts import PASSWORD, an_account
from tests.makers.invitations import an_invitation
from tests.makers.parties import a_customer
from tests.support.inbox import Inbox
from tests.support.mailed_paths import mailed_path
from tests.support.portal_browser import Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser
NEW_PASSWORD = "a much longer password than before"
NELE, OLD, NEW = "nele@werkstand.example", "old@werkstand.example", "new@werkstand.example"


async def choose_password(page: Page, button: str) -> None:
    await page.fill("#new", NEW_PASSWORD)
    await page.fill("#again", NEW_PASSWORD)
    await press(page, button)


async def sign_in_as(page: Page, email: str, password: str) -> None:
    await page.goto("/sign-in?lang=en")
    await page.fill("#email", email)
    await page.fill("#password", password)
    await press(page, "Sign in")


async def test_an_administrator_invites_an_employee_who_accepts_and_is_signed_in(
    portal: Portal, settings: Settings, smtp: Inbox
) -> None:
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/accounts/invite")
    await page.get_by_label("E-mail").fill(NELE)
    await page.get_by_label("Name").fill("Nele Neu")
    await page.get_by_label("Finance").check()
    await press(page, "Send invitation")
    assert "on its way" in await notice(page)

    invited = await portal.page()
    await invited.goto(f"{await mailed_path(settings, smtp, NELE)}?lang=en")
    await choose_password(invited, "Accept the invitation")

    assert "Your account is ready" in await notice(invited)
    assert await invited.locator(".menu .who").inner_text() == "Nele Neu"


async def test_staff_invites_a_contact_from_the_page_of_the_customer(portal: Portal, smtp: Inbox) -> None:
    customer = await a_customer()
    contact = await Contact.get(customer_id=customer.id)
    page = await portal.signed_in(await an_account(Role.STAFF))

    await page.goto(f"/accounts/invite?contact=con_{contact.id}")
    assert await page.get_by_label("E-mail").input_value() == contact.email
    await press(page, "Send invitation")

    assert page.url.startswith(f"{portal.address}/customers/cus_{customer.id}")
    assert (await Account.get(email=contact.email)).status is AccountStatus.INVITED


async def test_an_address_in_use_is_said_beside_the_form(portal: Portal) -> None:
    admin = await an_account(Role.ADMIN)
    page = await portal.signed_in(admin)
    await page.goto("/accounts/invite")

    await page.get_by_label("E-mail").fill(admin.email.upper())
    await page.get_by_label("Name").fill("Nele Neu")
    await page.get_by_label("Finance").check()
    await press(page, "Send invitation")

    assert "belongs to another account" in await page.get_by_role("alert").inner_text()


async def test_an_invitation_that_was_accepted_says_so(portal: Portal, settings: Settings, smtp: Inbox) -> None:
    await an_invitation()
    path = f"{await mailed_path(settings, smtp, NELE)}?lang=en"
    page = await portal.page()
    await page.goto(path)
    await choose_password(page, "Accept the invitation")

    await page.goto(path)

    assert "The invitation has been accepted" in await text_of(page)


async def test_a_forgotten_password_is_replaced_by_the_mailed_link(
    portal: Portal, settings: Settings, smtp: Inbox
) -> None:
    account = await an_account(Role.STAFF)
    page = await portal.page(locale="en")
    await page.goto("/sign-in?lang=en")
    await page.get_by_role("link", name="Forgot your password?").click()
    await page.fill("#email", account.email)
    await press(page, "Request a link")
    assert "If there is an account" in await text_of(page)

    await page.goto(f"{await mailed_path(settings, smtp, account.email)}?lang=en")
    await choose_password(page, "Save password")
    assert "Your new password is set" in await text_of(page)

    await sign_in_as(page, account.email, NEW_PASSWORD)
    assert "Review queue" in await text_of(page)


async def test_an_unknown_address_reads_the_same(portal: Portal, settings: Settings, smtp: Inbox) -> None:
    page = await portal.page()
    await page.goto("/forgot-password?lang=en")
    await page.fill("#email", "nobody@werkstand.example")
    await press(page, "Request a link")

    assert "If there is an account" in await text_of(page)


async def test_a_new_address_is_confirmed_and_the_old_one_undoes_it(
    portal: Portal, settings: Settings, smtp: Inbox
) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF, email=OLD))
    await page.goto("/account")
    await page.fill("#email", NEW)
    await page.fill("#password", PASSWORD)
    await press(page, "Request a link")
    assert "open the link" in await notice(page)

    await page.goto(f"{await mailed_path(settings, smtp, NEW)}?lang=en")
    await press(page, "Confirm the address")
    assert "is confirmed" in await text_of(page)

    stranger = await portal.page()
    await stranger.goto(f"{await mailed_path(settings, smtp, OLD)}?lang=en")
    await press(stranger, "Undo the change")
    assert "Your former address counts again" in await text_of(stranger)
    await page.goto("/account")
    assert "/sign-in" in page.url


async def test_a_deactivated_person_is_out_at_the_next_click(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    victim, admin = await portal.sign_in(account), await portal.sign_in(await an_account(Role.ADMIN))

    await admin.goto(f"/accounts/acc_{account.id}")
    await press(admin, "Deactivate")
    assert "Deactivated" in await text_of(admin)

    await victim.goto("/orders")
    assert "/sign-in" in victim.url


async def test_roles_are_changed_on_the_page_of_an_account(portal: Portal) -> None:
    account = await an_account(Role.STAFF)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/accounts?search=person&role=STAFF")
    await page.get_by_role("link", name=account.name).first.click()

    await unfold(page, "Change roles")
    await page.get_by_label("Finance").check()
    await press(page, "Change roles")

    assert (await Account.get(id=account.id)).roles == ["STAFF", "FINANCE"]


async def test_a_name_is_changed_in_ones_own_account(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/account")

    await page.fill("#name", "Kim Neu")
    await press(page, "Save name")

    assert await page.locator(".menu .who").inner_text() == "Kim Neu"
