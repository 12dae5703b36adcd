"""The navigation: every place has a page, menus open at their button and close again, nothing is wider than a phone."""

import pytest
from playwright.async_api import Page, expect

from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.operator.model import OperatorSettings
from portal_views.page_table import PAGES
from portal_views.web.navigation import NAVIGATION, Place, PlaceGroup, navigation
from portal_views.words.catalogue import LANGUAGES, messages
from tests.makers.accounts import an_account
from tests.support.polling import it_happens
from tests.support.portal_browser import DESKTOP, PHONE, Portal

LONG_NAME = "Genossenschaft der Kreativen in Nordrhein-Westfalen eG"
PLACES_IN_MASTHEAD = """() => [document.querySelector(".masthead").offsetHeight,
    document.querySelectorAll(".places > ul > li").length]"""
HANDLERS = {page.path: page.handlers for page in PAGES}


def places_of(role: str) -> list[Place]:
    """All places of a role, in menus or not."""
    return [
        place for entry in NAVIGATION[role] for place in (entry.places if isinstance(entry, PlaceGroup) else (entry,))
    ]


@pytest.mark.parametrize("role", NAVIGATION)
def test_every_place_has_a_page_for_its_role(role: str) -> None:
    assert [place.path for place in places_of(role) if role not in HANDLERS[place.path]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_and_group_has_its_words(language: str) -> None:
    entries = [entry for entries in NAVIGATION.values() for entry in entries]
    groups = {f"place_group.{entry.name}" for entry in entries if isinstance(entry, PlaceGroup)}
    places = {f"place.{place.name}" for role in NAVIGATION for place in places_of(role)}

    assert (groups | places) - messages(language).keys() == set()


def test_a_page_below_a_place_marks_the_place_and_its_group() -> None:
    current = [entry.name for entry in navigation("ADMIN", "/invoices/inv_1") if entry.is_current]

    assert current == ["billing"]


def test_a_path_that_only_begins_alike_marks_no_place() -> None:
    assert [entry for entry in navigation("MEMBER", "/orders-of-others") if entry.is_current] == []


def test_finance_finds_what_is_billed_in_one_menu() -> None:
    _, billing, *others = navigation("FINANCE", "/runs/ivr_1")

    assert isinstance(billing, PlaceGroup)
    assert [place.name for place in billing.places] == [
        "invoices",
        "receivables",
        "bank",
        "budgets",
        "claims",
        "lines",
        "runs",
        "postings",
        "register",
    ]
    assert [place.name for place in billing.places if place.is_current] == ["runs"]
    assert [entry.name for entry in others] == ["orders", "customers", "outbox"]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.STAFF, Role.FINANCE, Role.ADMIN])
async def test_the_masthead_stands_in_one_row_however_long_the_names_are(
    portal: Portal, role: Role, language: str
) -> None:
    await OperatorSettings.all().update(name_de=LONG_NAME, name_en=LONG_NAME)
    account = await an_account(role)
    await Account.filter(id=account.id).update(language=language, name="Maximiliane Oberbergmüller-Schmitt")
    page = await portal.sign_in(account, size={"width": 1024, "height": 800})

    for width in (1024, 1100, 1280, 1440):
        await page.set_viewport_size({"width": width, "height": 800})
        masthead, places = await page.evaluate(PLACES_IN_MASTHEAD)
        assert places == len(NAVIGATION[role])
        assert masthead < 60, f"two rows at {width}"
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide at {width}"


async def an_open_menu(portal: Portal, **more: object) -> Page:
    """The administrator's first page with the menu of invoices and lines open."""
    page = await portal.sign_in(await an_account(Role.ADMIN), **more)
    await page.get_by_role("button", name="Billing").click()
    await expect(page.get_by_role("link", name="Lines", exact=True)).to_be_visible()
    return page


@pytest.mark.browser
async def test_escape_closes_a_menu_and_leaves_the_focus_on_its_button(portal: Portal) -> None:
    page = await an_open_menu(portal)

    await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("link", name="Lines", exact=True)).to_be_hidden()
    await expect(page.get_by_role("button", name="Billing")).to_be_focused()


@pytest.mark.browser
async def test_a_click_elsewhere_closes_a_menu(portal: Portal) -> None:
    page = await an_open_menu(portal)

    async def is_closed_by_a_click() -> bool:
        await page.locator("h1").click(position={"x": 2, "y": 2})
        return await page.get_by_role("link", name="Lines", exact=True).is_hidden()

    await it_happens(is_closed_by_a_click)


@pytest.mark.browser
async def test_another_menu_closes_the_open_one(portal: Portal) -> None:
    page = await an_open_menu(portal)

    await page.locator(".account > button").click()

    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    await expect(page.get_by_role("link", name="Lines", exact=True)).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_an_open_menu_lies_within_the_window_below_its_button(portal: Portal, size: dict[str, int]) -> None:
    page = await an_open_menu(portal, size=size)

    button = await page.get_by_role("button", name="Billing").bounding_box()
    sheet = await page.locator(".menu-sheet:popover-open").bounding_box()

    assert button
    assert sheet
    assert sheet["y"] >= button["y"] + button["height"]
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= size["width"]


@pytest.mark.browser
async def test_a_menu_can_be_used_with_the_keyboard_alone(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.ADMIN))

    await page.get_by_role("button", name="Billing").focus()
    for key in ("Enter", "Tab", "Tab"):
        await page.keyboard.press(key)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")

    assert page.url.endswith("/receivables")
