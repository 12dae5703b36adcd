"""Files that are sent with comments: by the customer with scripts, by an employee without, and who finds them."""

import asyncio

import pytest
from playwright.async_api import FilePayload, Page, expect

from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.uploads.model import File
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.deliveries import an_active_order
from tests.makers.orders import Case
from tests.portal_views.pages.test_uploads import composed
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser
SKETCH: FilePayload = {"name": "Skizze größer.txt", "mimeType": "text/plain", "buffer": b"Like this. " * 1000}
# The dialog of files stays open while a live update replaces the part of the page from which it was opened.
CHOSEN_LATE = """() => {
    const asked = document.querySelector("#comment-files");
    const part = asked.closest("[data-live]");
    part.outerHTML = part.outerHTML;
    const chosen = new DataTransfer();
    chosen.items.add(new File(["Chosen late."], "late.txt", { type: "text/plain" }));
    asked.files = chosen.files;
    asked.dispatchEvent(new Event("change", { bubbles: true }));
}"""
NOTES: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"For ourselves."}


async def the_order_of(portal: Portal, case: Case, account: Account, **more: bool) -> Page:
    page = await portal.sign_in(account, **more)
    await page.goto(f"/orders/{external('ord', case.order.id)}")
    return page


async def choose(page: Page, file: FilePayload) -> None:
    await page.locator("#comment-attach summary").click()
    await page.set_input_files("#comment-files", files=[file])


async def test_a_customer_sends_a_file_along_with_a_question(portal: Portal) -> None:
    case = await an_active_order()
    page = await the_order_of(portal, case, await a_customer_account(case.customer))
    await choose(page, SKETCH)
    await composed()
    await expect(page.get_by_role("checkbox", name="Skizze größer.txt")).to_be_checked()

    await page.fill("[name=text]", "Can it be like this?")
    await press(page, "Send message")

    assert "Skizze größer.txt" in await page.locator(".thread").inner_text()
    member = await the_order_of(portal, case, await a_member_account(case.member))
    async with member.expect_download() as downloading:
        await member.get_by_role("link", name="Skizze größer.txt").click()
    assert await asyncio.to_thread((await (await downloading.value).path()).read_bytes) == SKETCH["buffer"]


async def test_a_file_is_not_lost_when_the_page_updates_while_it_is_chosen(portal: Portal) -> None:
    case = await an_active_order()
    page = await the_order_of(portal, case, await a_customer_account(case.customer))
    await page.locator("#comment-attach summary").click()
    await page.evaluate(CHOSEN_LATE)
    await composed()

    await expect(page.get_by_role("checkbox", name="late.txt")).to_be_checked()
    await expect(page.locator("#live-conversation")).to_have_attribute("data-touched", "")


async def test_an_employee_keeps_a_file_from_customer_and_member_without_scripts(portal: Portal) -> None:
    case = await an_active_order()
    page = await the_order_of(portal, case, await an_account(Role.STAFF), java_script_enabled=False)
    await choose(page, NOTES)
    await press(page, "Upload")
    await page.get_by_role("checkbox", name="notes.txt").check()
    await page.fill("[name=text]", "See the notes.")
    await page.locator("button[name=visibility][value=INTERNAL]").click()

    assert "notes.txt" in await page.locator("section[aria-labelledby=comments]").inner_text()
    assert (await File.get()).account_id is not None
    for account in (await a_customer_account(case.customer), await a_member_account(case.member)):
        other = await the_order_of(portal, case, account)
        assert "notes.txt" not in await text_of(other)
