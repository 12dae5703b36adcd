"""The story of a firm that begins: from an empty database to its first invoice, in a browser and without SQL."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.support.portal_browser import Portal, choose, notice, press, text_of, write_status
from tests.support.running_system import RunningSystem, running

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PASSWORD = "a password of their own"
ADA, STEFAN, FIONA, MIRA, KIM = (f"{name}@joinery.example" for name in ("ada", "stefan", "fiona", "mira", "kim"))
SETUP = {
    "name_de": "Tischlerei Ost eG",
    "name_en": "Eastern Joinery",
    "street": "Werkhof 1",
    "postcode": "10115",
    "city": "Berlin",
    "email": "post@joinery.example",
    "contact_name": "Fiona Finanz",
    "phone": "+49 30 5550100",
    "vat_id": "DE111111125",
    "iban": "DE02120300000000202051",
    "language": "en",
    "invoice_format": "R{number:5}",
    "cancellation_format": "S{number:5}",
    "first_invoice_number": "147",
    "administrator_name": "Ada Erste",
    "administrator_email": ADA,
    "administrator_password": PASSWORD,
}
LINK = re.compile(r"https?://[^/\s\"<]+(/l/[\w.-]+)")


async def test_a_firm_begins_with_nothing_and_issues_its_first_invoice(tmp_path: Path, browser: Browser) -> None:
    with running(tmp_path, demo=False) as system:
        portal = Portal(system.base, browser)
        set_up(system)
        admin = await sign_in(portal, ADA)
        assert "A member who can sign in" in await text_of(admin)

        staff = await an_employee(system, portal, admin, STEFAN, "Stefan Prüfer", "Staff")
        finance = await an_employee(system, portal, admin, FIONA, "Fiona Finanz", "Finance")
        member = await a_new_member(system, portal, admin)
        await the_member_enters_a_customer(member)
        await the_member_submits_an_order(member)
        await staff_approves(staff)
        await the_contact_confirms_by_the_mailed_link(system, portal)
        await the_member_delivers(member)
        await the_contact_reads_the_status_without_an_account(system, portal, staff)
        system.command("time-travel", "+4d")
        await silence_accepts(member)
        system.command("time-travel", "+8d")
        await the_invoice_has_the_firms_own_next_number(system, finance)


def set_up(system: RunningSystem) -> None:
    options = [word for name, value in SETUP.items() for word in ("--set", f"{name}={value}")]
    assert "is set up" in system.command("setup", *options)


async def sign_in(portal: Portal, email: str) -> Page:
    page = await portal.page()
    await page.goto("/sign-in?lang=en")
    await page.fill("#email", email)
    await page.fill("#password", PASSWORD)
    await press(page, "Sign in")
    return page


def link_in_mail(system: RunningSystem, address: str, subject: str) -> str:
    found = LINK.search(unescape(system.mail_to(address, subject)))
    assert found is not None
    return found[1]


async def accept_invitation(system: RunningSystem, portal: Portal, email: str) -> Page:
    page = await portal.page()
    await page.goto(f"{link_in_mail(system, email, 'Your invitation')}?lang=en")
    await page.select_option("#language", "en")
    await page.fill("#new", PASSWORD)
    await page.fill("#again", PASSWORD)
    async with page.expect_navigation():
        await page.locator("main form button[type=submit]").click()
    return page


async def an_employee(system: RunningSystem, portal: Portal, admin: Page, email: str, name: str, role: str) -> Page:
    await admin.goto("/accounts/invite")
    await admin.get_by_label("E-mail").fill(email)
    await admin.get_by_label("Name").fill(name)
    await admin.get_by_label(role, exact=True).check()
    await press(admin, "Send invitation")
    return await accept_invitation(system, portal, email)


async def a_new_member(system: RunningSystem, portal: Portal, admin: Page) -> Page:
    await admin.goto("/members/new")
    await admin.get_by_label("Name").fill("Mira Möbel")
    await admin.get_by_label("E-mail").fill(MIRA)
    async with admin.expect_navigation():
        await admin.locator("main form button[type=submit]").click()
    return await accept_invitation(system, portal, MIRA)


async def the_member_enters_a_customer(page: Page) -> None:
    await page.goto("/customers/new")
    for label, value in {
        "Name on invoices": "Kundin Klar GmbH",
        "Street and number": "Musterweg 2",
        "Postcode": "10117",
        "City": "Berlin",
        "E-mail for invoices": "rechnung@klar.example",
    }.items():
        await page.get_by_label(label).fill(value)
    await page.get_by_label("Name", exact=True).fill("Kim Klar")
    await page.get_by_label("E-mail", exact=True).fill(KIM)
    async with page.expect_navigation():
        await page.locator("main form button[type=submit]").click()


async def the_member_submits_an_order(page: Page) -> None:
    await page.goto("/orders/new")
    await page.get_by_label("Project", exact=True).fill("Tisch aus Eiche")
    await choose(page, "Customer and contact", "Kundin")
    await page.get_by_label("Service from").fill(a_day(0))
    await page.get_by_label("Service until").fill(a_day(5))
    await page.get_by_label("Text").fill("Tisch")
    await page.get_by_label("Invoice date").fill(a_day(10))
    await page.get_by_label("Net unit price").fill("1500.00")
    await press(page, "Save draft")
    await press(page, "Submit")
    assert "submitted for review" in await notice(page)


async def staff_approves(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("link", name=re.compile("^Review ")).click()
    await press(page, "Approve")
    assert "approved" in await notice(page)


async def the_contact_confirms_by_the_mailed_link(system: RunningSystem, portal: Portal) -> None:
    page = await portal.page()
    await page.goto(f"{link_in_mail(system, KIM, 'Tisch aus Eiche')}?lang=en")
    await press(page, "Confirm the order")
    assert "confirmed" in await text_of(page)


async def the_member_delivers(page: Page) -> None:
    await page.reload()
    await press(page, "Begin a delivery")
    await page.get_by_label("What is delivered").first.fill("The table, oiled.")
    await page.get_by_label("Link").first.fill("https://files.example/table")
    await press(page, "Save the draft")
    await press(page, "Deliver")
    assert "Delivered" in await notice(page)


async def the_contact_reads_the_status_without_an_account(system: RunningSystem, portal: Portal, staff: Page) -> None:
    await staff.reload()
    await write_status(staff, "With you", "Show", description="Please try the table.")
    page = await portal.page()

    await page.goto(f"{link_in_mail(system, KIM, 'With you')}?lang=en")

    assert "Please try the table." in await text_of(page)


async def silence_accepts(member: Page) -> None:
    for _ in range(50):
        await member.reload()
        if "Accepted when the review period ended" in await text_of(member):
            return
        await member.wait_for_timeout(200)
    raise AssertionError("the delivery was not accepted by silence")


async def the_invoice_has_the_firms_own_next_number(system: RunningSystem, finance: Page) -> None:
    assert "Tischlerei Ost eG" in system.mail_to("rechnung@klar.example", "Rechnung R00147 über")
    await finance.goto("/invoices")
    assert "R00147" in await text_of(finance)


def a_day(distance: int) -> str:
    return str(date.today() + timedelta(days=distance))
