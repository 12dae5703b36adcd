"""Uploads of a page that stop and go on: paused, after a reload; their speed; and whole folders, dropped or chosen."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, Request, Route, expect

from domain.deliveries.model import DeliveryStatus
from domain.uploads.model import File
from tests.makers.deliveries import a_delivery
from tests.makers.files import receive
from tests.portal_views.pages.test_uploads import all_composed, choice, composed, the_order_page
from tests.support.portal_browser import Portal

pytestmark = pytest.mark.browser
FILM = b"One scene after the other. " * 1000
INPUT, BYTES = "form.upload input[type=file]", "**/files/uploads/fil_*"
BYTES_PER_SECOND = 400_000
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_PER_SECOND}
SPEED = re.compile(r"([\d.]+ [KM]B) / 4 MB · ([\d.]+ [KM]B)/s · time left (\d+):(\d\d)")
BOX = """() => { const form = document.querySelector(".version form.upload"); form.scrollIntoView({ block: "center" });
    const box = form.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"""


def a_film(folder: Path) -> Path:
    film = folder / "film.txt"
    film.write_bytes(FILM)
    return film


async def hold_bytes(page: Page) -> asyncio.Event:
    """Let no bytes through; the event says that some wait."""
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "PATCH":
            held.set()
        else:
            await route.continue_()

    await page.route(BYTES, hold)
    return held


async def test_a_paused_upload_goes_on_where_it_stood(portal: Portal, tmp_path: Path) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    page = await the_order_page(portal, case)
    held = await hold_bytes(page)
    await page.set_input_files(INPUT, a_film(tmp_path))
    await held.wait()

    async with page.expect_event("requestfailed"):
        await page.get_by_role("button", name="Pause").click()
    await page.unroute(BYTES)
    await receive(await File.get(), case.around.by_member, FILM[:1000])
    await page.get_by_role("button", name="Resume").click()
    await composed()

    await expect(choice(page, "film.txt")).to_be_checked()
    assert (await File.get()).size == len(FILM)


async def test_after_a_reload_the_same_file_goes_on_where_it_stood(portal: Portal, tmp_path: Path) -> None:
    case = await a_delivery(DeliveryStatus.DRAFT)
    page, film = await the_order_page(portal, case), a_film(tmp_path)
    held = await hold_bytes(page)
    await page.set_input_files(INPUT, film)
    await held.wait()
    await page.reload()
    await page.unroute(BYTES)
    await receive(await File.get(), case.around.by_member, FILM[:1000])
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))

    await page.set_input_files(INPUT, film)
    await composed()

    await expect(choice(page, "film.txt")).to_be_checked()
    offsets = [each.headers.get("upload-offset") for each in sent if each.method == "PATCH"]
    assert (offsets, await File.all().count()) == (["1000"], 1)


async def test_a_slow_upload_shows_its_speed_and_the_time_that_is_left(portal: Portal, tmp_path: Path) -> None:
    page = await the_order_page(portal, await a_delivery(DeliveryStatus.DRAFT))
    large = tmp_path / "film.txt"
    large.write_bytes(bytes(4_000_000))
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.emulateNetworkConditions", SLOW)

    await page.set_input_files(INPUT, large)

    row = page.locator("ul.uploads small")
    await expect(row).to_have_text(SPEED)
    shown = SPEED.fullmatch(await row.inner_text())
    assert shown is not None
    sent, speed, seconds_left = in_bytes(shown[1]), in_bytes(shown[2]), 60 * int(shown[3]) + int(shown[4])
    assert speed == pytest.approx(BYTES_PER_SECOND, rel=0.5)
    assert seconds_left == pytest.approx((4_000_000 - sent) / speed, abs=1.1)


def in_bytes(said: str) -> float:
    number, unit = said.split()
    return float(number) * {"KB": 1_000, "MB": 1_000_000}[unit]


@pytest.mark.parametrize("way", ["dropped", "chosen"])
async def test_all_files_of_a_folder_are_uploaded(portal: Portal, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "work"
    (folder / "inside").mkdir(parents=True)
    for number, place in enumerate((folder, folder / "inside")):
        (place / f"page-{number}.txt").write_text(f"Page {number}")
    page = await the_order_page(portal, await a_delivery(DeliveryStatus.DRAFT))

    await (drop if way == "dropped" else choose)(page, folder)

    await all_composed(2)
    for number in range(2):
        await expect(choice(page, f"page-{number}.txt")).to_be_checked()


async def drop(page: Page, path: Path) -> None:
    """Drag a file or folder onto the form, as a person does."""
    x, y = await page.evaluate(BOX)
    devtools = await page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        await devtools.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": dragged})


async def choose(page: Page, path: Path) -> None:
    async with page.expect_file_chooser() as choosing:
        await page.locator(".version").get_by_role("button", name="Choose a folder").click()
    await (await choosing.value).set_files(path)
