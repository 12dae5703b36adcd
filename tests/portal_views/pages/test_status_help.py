"""Help at a status: its chip opens an explanation, by keyboard and without scripts."""

import pytest
from playwright.async_api import expect

from tests.support.people import everyone
from tests.support.portal_browser import PHONE, Portal, press


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_chip_opens_its_help_and_escape_closes_it(portal: Portal, scripts: bool) -> None:
    people = await everyone()
    page = await portal.sign_in(people.member, size=PHONE, java_script_enabled=scripts)
    chip = page.locator("main table button.chip", has_text="Active").first
    help_text = page.locator("#help-order-ACTIVE")

    await chip.focus()
    await page.keyboard.press("Enter")
    await expect(help_text).to_be_visible()
    await expect(help_text).to_contain_text("seven days before its date")
    box = await help_text.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    await page.keyboard.press("Escape")

    await expect(help_text).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_chip_opens_its_help_while_somebody_views_as_the_customer(portal: Portal, scripts: bool) -> None:
    people = await everyone()
    page = await portal.sign_in(people.staff, java_script_enabled=scripts)
    await page.goto(f"/customers/cus_{people.case.customer.id}")
    await press(page, "View as this customer")
    await page.goto("/orders")

    await page.locator("main a.chip", has_text="In work").first.focus()
    await page.keyboard.press("Enter")

    await expect(page.locator("#help-orderForCustomer-ACTIVE")).to_be_visible()
