"""Uploads on the page of an order: with progress where scripts run, by a plain form where they do not."""

import asyncio

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

import settings
from domain.commands import compose_waiting_files
from domain.deliveries.model import DeliveryStatus
from domain.kernel.ids import external
from domain.uploads.model import File, FileState
from tests.makers.accounts import a_customer_account, a_member_account
from tests.makers.deliveries import DeliveryCase, a_delivery
from tests.makers.files import the_store
from tests.support.polling import PATIENCE_SECONDS
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser
SLIDES: FilePayload = {"name": "Folien größer.txt", "mimeType": "text/plain", "buffer": b"All slides. " * 1000}
PLAN: FilePayload = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"First, second, third."}


async def the_order_page(portal: Portal, case: DeliveryCase, **more: bool) -> Page:
    page = await portal.sign_in(await a_member_account(case.around.member), **more)
    await page.goto(f"/orders/{external('ord', case.around.order.id)}")
    return page


def choice(page: Page, name: str) -> Locator:
    """The box that takes a file into the draft."""
    return page.locator(".version").get_by_role("checkbox", name=name)


async def composed() -> None:
    """Put the file together once all of its bytes are there, as the scheduler does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await compose_waiting_files(the_store()):  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.1)


async def deliver(page: Page) -> None:
    await page.fill(".version [name=description]", "All slides of the workshop.")
    await press(page, "Save the draft")
    await press(page, "Deliver")


async def test_a_file_is_uploaded_chosen_delivered_and_downloaded(portal: Portal) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    page = await the_order_page(portal, case)
    await page.set_input_files("form.upload input[type=file]", files=[SLIDES])
    await composed()
    await expect(choice(page, "Folien größer.txt")).to_be_checked()

    await deliver(page)

    customer = await portal.sign_in(await a_customer_account(case.around.customer))
    await customer.goto(f"/deliveries/{external('del', case.id)}")
    async with customer.expect_download() as downloading:
        await customer.get_by_role("link", name="Folien größer.txt").click()
    download = await downloading.value
    assert download.suggested_filename == "Folien größer.txt"
    assert await asyncio.to_thread((await download.path()).read_bytes) == SLIDES["buffer"]


async def test_small_files_are_uploaded_without_scripts(portal: Portal) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    page = await the_order_page(portal, case, java_script_enabled=False)
    await page.set_input_files("form.upload input[type=file]", files=[SLIDES, PLAN])
    await press(page, "Upload")
    await choice(page, "plan.txt").check()

    await deliver(page)

    assert "plan.txt" in await text_of(page)
    assert {file.state for file in await File.all()} == {FileState.FINISHED}


async def test_a_file_is_taken_out_of_a_draft(portal: Portal) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    page = await the_order_page(portal, case, java_script_enabled=False)
    await page.set_input_files("form.upload input[type=file]", files=[SLIDES])
    await press(page, "Upload")
    for choose in ("check", "uncheck"):
        box = choice(page, "Folien größer.txt")
        await getattr(box, choose)()
        await page.fill(".version [name=description]", "All slides.")
        await press(page, "Save the draft")

    assert not await choice(page, "Folien größer.txt").is_checked()


async def test_a_refused_file_says_why(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    smaller = settings.load().model_copy(update={"member_file_bytes": 10})
    monkeypatch.setattr(settings, "load", lambda: smaller)
    page = await the_order_page(portal, await a_delivery(DeliveryStatus.DRAFT))

    await page.set_input_files("form.upload input[type=file]", files=[SLIDES])

    await expect(page.locator("ul.uploads .error")).to_contain_text("There is no room left for this file")
