"""Uploads on the page of an order: with progress where scripts run, by a plain form where they do not."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, Route, expect

import settings
from domain.commands import compose_waiting_files
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.kernel.ids import external
from domain.orders.model import Evidence
from domain.uploads.model import File, FileState
from tests.makers.accounts import a_customer_account, a_member_account
from tests.makers.deliveries import DeliveryCase, a_delivery, an_active_order
from tests.makers.files import the_store
from tests.support.polling import PATIENCE_SECONDS
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser
PASTE = """count => {
    const pasted = new DataTransfer();
    for (let number = 0; number < count; number++)
        pasted.items.add(new File([`Text ${number}`], `pasted-${number}.txt`, { type: "text/plain" }));
    const event = new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true });
    document.querySelector(".version form.upload").dispatchEvent(event);
}"""
SLIDES: FilePayload = {"name": "Folien größer.txt", "mimeType": "text/plain", "buffer": b"All slides. " * 1000}
PLAN: FilePayload = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"First, second, third."}


async def the_order_page(portal: Portal, case: DeliveryCase, **more: bool) -> Page:
    page = await portal.signed_in(await a_member_account(case.around.member), **more)
    await page.goto(f"/orders/{external('ord', case.around.order.id)}")
    return page


def choice(page: Page, name: str) -> Locator:
    """The box that takes a file into the draft."""
    return page.locator(".version").get_by_role("checkbox", name=name)


async def composed(count: int = 1) -> None:
    """Put so many files together once all of their bytes are there, as the scheduler does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (count := count - await compose_waiting_files(the_store())) > 0:  # noqa: ASYNC110 - only tests wait
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

    customer = await portal.signed_in(await a_customer_account(case.around.customer))
    await customer.goto(f"/deliveries/{external('del', case.id)}")
    async with customer.expect_download() as downloading:
        await customer.get_by_role("link", name="Folien größer.txt").click()
    download = await downloading.value
    assert download.suggested_filename == "Folien größer.txt"
    assert await asyncio.to_thread((await download.path()).read_bytes) == SLIDES["buffer"]


async def test_a_file_is_delivered_by_the_form_that_begins_the_delivery(portal: Portal) -> None:
    case = await an_active_order()
    page = await portal.signed_in(await a_member_account(case.member))
    await page.goto(f"/orders/{external('ord', case.order.id)}")
    await page.set_input_files("#deliver input[type=file]", files=[SLIDES])
    await composed()
    await expect(page.locator("#deliver").get_by_role("checkbox", name="Folien größer.txt")).to_be_checked()

    await page.fill("#deliver [name=description]", "All slides of the workshop.")
    await press(page, "Deliver")

    assert "Folien größer.txt" in await page.locator("#delivery-1 .files").inner_text()
    assert (await Delivery.get()).status is DeliveryStatus.DELIVERED


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


async def test_two_tabs_that_upload_the_same_file_make_one_of_it(portal: Portal, tmp_path: Path) -> None:
    film = tmp_path / "film.txt"
    film.write_bytes(SLIDES["buffer"])
    case = await a_delivery(DeliveryStatus.DRAFT)
    first = await the_order_page(portal, case)
    second = await first.context.new_page()
    await second.goto(first.url)
    held, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        held.set()
        await goes_on.wait()
        await route.continue_()

    await first.route("**/files/uploads/fil_*", hold)
    await first.set_input_files("form.upload input[type=file]", film)
    await held.wait()
    await second.set_input_files("form.upload input[type=file]", film)
    await composed()
    goes_on.set()

    for page in (first, second):
        await expect(choice(page, "film.txt")).to_be_checked()
    assert await File.all().count() == 1


async def test_evidence_is_uploaded_where_it_is_attached(portal: Portal) -> None:
    case = await an_active_order()
    page = await portal.signed_in(await a_member_account(case.member))
    await page.goto(f"/orders/{external('ord', case.order.id)}")
    evidence = page.locator("details:has(#evidence-files)")
    await evidence.locator("summary").first.click()

    await evidence.locator("input[type=file]").set_input_files(files=[SLIDES, PLAN])
    await composed(2)
    for name in ("Folien größer.txt", "plan.txt"):
        await expect(evidence.get_by_role("checkbox", name=name)).to_be_checked()
    await evidence.locator("[name=title]").fill("Agreed by mail")
    await press(page, "Attach evidence")

    assert (await text_of(page)).count("Agreed by mail:") == 2
    assert {entry.file_id for entry in await Evidence.all()} == {file.id for file in await File.all()}


async def test_pasted_files_are_uploaded_some_at_a_time(portal: Portal) -> None:
    page = await the_order_page(portal, await a_delivery(DeliveryStatus.DRAFT))
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/files/uploads/fil_*", hold)
    await page.evaluate(PASTE, 5)
    await expect(page.locator("ul.uploads li")).to_have_count(5)
    await expect(page.locator("ul.uploads small", has_text="Waits for its turn")).to_have_count(2)
    held.set()

    await all_composed(5)
    for number in range(5):
        await expect(choice(page, f"pasted-{number}.txt")).to_be_checked()


async def all_composed(count: int) -> None:
    """Put together what is waiting until so many files are finished, in whichever order their bytes arrive."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await File.filter(state=FileState.FINISHED).count() < count:
            await compose_waiting_files(the_store())
            await asyncio.sleep(0.1)
