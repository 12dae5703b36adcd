"""One order's way from draft to acceptance, through pages alone."""

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import Page

from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.parties import a_customer, a_member, working_together
from tests.support.portal_browser import (
    Portal,
    accept_delivery,
    choose,
    notice,
    press,
    switch_status,
    text_of,
    unfold,
    write_status,
)

pytestmark = pytest.mark.browser


async def test_an_order_goes_from_draft_to_acceptance(portal: Portal) -> None:
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)
    as_member = await portal.sign_in(await a_member_account(member))
    as_customer = await portal.sign_in(await a_customer_account(customer))
    as_staff = await portal.sign_in(await an_account())

    await the_member_drafts_and_submits(as_member)
    await staff_approves(as_staff)
    await the_customer_confirms(as_customer)
    await the_member_delivers(as_member)
    await staff_shows_a_status_that_the_customer_sees(as_staff, as_customer)
    await the_customer_asks_for_a_revision(as_customer)
    await the_member_delivers_again(as_member)
    await the_customer_accepts(as_customer)


async def the_member_drafts_and_submits(page: Page) -> None:
    await page.get_by_role("link", name="+ New order").click()
    await page.get_by_label("Project", exact=True).fill("Kampagne Frühling")
    await choose(page, "Customer and contact", "Kunde")
    await page.get_by_label("Service from").fill(a_day(0))
    await page.get_by_label("Service until").fill(a_day(30))
    await page.get_by_label("Text").fill("Konzept")
    await page.get_by_label("Invoice date").fill(a_day(40))
    await page.get_by_label("Net unit price").fill("500.00")
    await press(page, "Save draft")
    assert "€455.00" in await text_of(page)

    await press(page, "Submit")

    assert "submitted for review" in await notice(page)


async def staff_approves(page: Page) -> None:
    await page.reload()
    await page.get_by_role("link", name=re.compile("^Review ")).click()
    await press(page, "Approve")
    assert "approved" in await notice(page)


async def the_customer_confirms(page: Page) -> None:
    await page.reload()
    await page.get_by_role("link", name="Open the offer").click()
    await press(page, "Confirm the order")
    assert "confirmed" in await notice(page)


async def the_member_delivers(page: Page) -> None:
    await page.reload()
    await press(page, "Begin a delivery")
    await page.get_by_label("What is delivered").first.fill("Three directions as slides.")
    await page.get_by_label("Link").first.fill("https://files.example/slides")
    await press(page, "Save the draft")
    await press(page, "Deliver")
    assert "Delivered" in await notice(page)


async def staff_shows_a_status_that_the_customer_sees(staff: Page, customer: Page) -> None:
    await staff.reload()
    await write_status(staff, "In progress", "Show", description="We are drawing.")
    await customer.goto("/")
    assert "We are drawing." in await text_of(customer)

    await switch_status(staff)
    await customer.reload()

    assert "We are drawing." not in await text_of(customer)


async def the_customer_asks_for_a_revision(page: Page) -> None:
    await page.get_by_role("link", name="Review", exact=True).click()
    await unfold(page, "Request a revision")
    await page.locator("[name=placedDefects-0-text]").fill("The logo is too small.")
    await press(page, "Request a revision")
    assert "received your remarks" in await notice(page)


async def the_member_delivers_again(page: Page) -> None:
    await page.reload()
    assert "The logo is too small." in await text_of(page)
    await page.get_by_label("What is delivered").first.fill("With a larger logo.")
    await page.get_by_label("Link").first.fill("https://files.example/slides-2")
    await press(page, "Save the draft")
    await page.get_by_label("Corrected").check()
    await press(page, "Save the checklist")
    await press(page, "Deliver again")
    assert "new version" in await notice(page)


async def the_customer_accepts(page: Page) -> None:
    await page.reload()
    assert "days" in await page.locator(".deadline .left").inner_text()
    await accept_delivery(page)
    assert "accepted" in await notice(page)


def a_day(later: int) -> str:
    return (date.today() + timedelta(days=later)).isoformat()
