"""The scale of all pages: one file of tokens, 16 px at every width, rows of tables between 40 and 44 px."""

import re
from pathlib import Path

import pytest
from tortoise import connections

from domain.accounts.model import Account
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from portal_views.web.assets import FOLDER
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.bulk import COPY_ORDERS
from tests.makers.client_status import a_client_status
from tests.makers.orders import Case, an_order, planned
from tests.makers.parties import a_customer, a_member
from tests.portal_views.test_accessibility import a_busy_order
from tests.support.people import FAR, everyone
from tests.support.portal_browser import PHONE, Portal

TOKENS = FOLDER / "tokens.css"
OTHERS = sorted(set(FOLDER.glob("*.css")) - {TOKENS})
WIDTHS = (390, 1024, 1440, 1920)
SPACING_OR_TYPE = re.compile(r"(?:font-size|margin[a-z-]*|padding[a-z-]*|gap|border-radius):[^;}]*?\d(?:rem|px)[^;}]*")
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(")


def without_comments(style: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", style.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("style", OTHERS, ids=lambda path: path.name)
def test_colors_stand_in_the_tokens_alone(style: Path) -> None:
    assert COLOR.findall(without_comments(style)) == []


@pytest.mark.parametrize("style", OTHERS, ids=lambda path: path.name)
def test_type_and_spacing_are_tokens(style: Path) -> None:
    assert SPACING_OR_TYPE.findall(without_comments(style)) == []


def test_every_token_that_is_used_exists() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", TOKENS.read_text("utf-8")))
    used = {name for style in OTHERS for name in re.findall(r"var\((--[a-z0-9-]+)", without_comments(style))}

    assert {name for name in used - defined if not name.startswith("--pico-")} == set()


@pytest.mark.browser
async def test_the_scale_is_the_same_at_every_width(portal: Portal) -> None:
    people, _ids = await a_busy_order()
    page = await portal.sign_in(people.finance)

    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


@pytest.mark.browser
async def test_rows_of_tables_are_between_40_and_44_px_high(portal: Portal) -> None:
    people, _ids = await a_busy_order()
    page = await portal.signed_in(people.finance)

    await page.goto("/invoices")
    heights = await page.evaluate("[...document.querySelectorAll('.rows tr')].map(row => row.offsetHeight)")

    assert len(heights) > 1
    assert all(40 <= height <= 44 for height in heights)


# What a browser reports of the list of orders: rows above the fold, their heights, and what is wider than its place.
MEASURES = """() => ({
    rows: [...document.querySelectorAll("tbody tr")]
        .filter(row => row.getBoundingClientRect().bottom <= innerHeight).length,
    heights: [...document.querySelectorAll("tbody tr")].map(row => row.offsetHeight),
    text: getComputedStyle(document.querySelector("main")).fontSize,
    figures: getComputedStyle(document.querySelector("td.amount")).fontVariantNumeric,
    tooWide: ["html", ".sheet", ".tabs"].filter(each => {
        const found = document.querySelector(each); return found.scrollWidth > found.clientWidth; }),
    cutOff: [...document.querySelectorAll("td :is(a, span, time)")]
        .filter(each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display === "block")
        .map(each => each.textContent),
    cards: getComputedStyle(document.querySelector("tbody tr")).display === "flex",
    first: [...document.querySelectorAll("tbody tr:first-child td:not(.tick)")]
        .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0].className,
})"""

# What the topmost cell of the first card holds.
MEASURES_OF_CARD = """() => ({
    first: [...document.querySelectorAll(".rows tbody tr:first-child td:not(.tick)")]
        .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)[0]
        .firstElementChild?.className,
})"""

PRINTED = """() => ({
    cards: getComputedStyle(document.querySelector("tbody tr")).display === "flex",
    member: getComputedStyle(document.querySelector("td.aside")).display,
    masthead: getComputedStyle(document.querySelector(".masthead")).display,
    shadow: getComputedStyle(document.querySelector(".sheet")).boxShadow,
})"""


@pytest.mark.browser
async def test_the_list_of_orders_is_dense_at_every_width(portal: Portal) -> None:
    case = await a_long_order()
    await connections.get("default").execute_query(COPY_ORDERS, [case.order.id, 30])
    account = await an_account(Role.STAFF)
    await Account.filter(id=account.id).update(language="de")
    page = await portal.signed_in(account, size={"width": 1440, "height": 900})

    await page.goto("/orders?tab=all")
    wide = await page.evaluate(MEASURES)
    await page.set_viewport_size({"width": 1024, "height": 800})
    narrow = await page.evaluate(MEASURES)
    await page.set_viewport_size({"width": 690, "height": 800})
    cards = await page.evaluate(MEASURES)
    await page.emulate_media(media="print")
    printed = await page.evaluate(PRINTED)

    assert wide["rows"] >= 12
    assert all(40 <= height <= 44 for height in wide["heights"])
    assert (wide["text"], "tabular-nums" in wide["figures"]) == ("16px", True)
    assert (wide["tooWide"], narrow["tooWide"], narrow["cutOff"]) == ([], [], [])
    assert (wide["cards"], narrow["cards"], cards["cards"]) == (False, False, True)
    assert (cards["first"], "html" in cards["tooWide"]) == ("state", False)
    assert printed == {"cards": False, "member": "table-cell", "masthead": "none", "shadow": "none"}


@pytest.mark.browser
@pytest.mark.parametrize(("role", "path"), [("member", "/invoices"), ("finance", "/receivables?tab=all")])
async def test_cards_begin_with_the_status_where_several_chips_stand_together(
    portal: Portal, role: str, path: str
) -> None:
    await the_operator()
    people = await everyone(planned_invoices=(planned("500.00"),))
    await an_invoice(InvoiceStatus.POSTED, case=people.case)
    page = await portal.signed_in(getattr(people, role), size=PHONE)

    await page.goto(path)

    first = (await page.evaluate(MEASURES_OF_CARD))["first"]
    assert first == "chips"


async def a_long_order() -> Case:
    """An order with names that need two lines, and a client status."""
    case = await an_order(
        OrderStatus.ACTIVE,
        member=await a_member(),
        customer=await a_customer("Gemeinnützige Wohnungsbaugesellschaft Nord"),
        project="Barrierefreiheit und Umbau der Buchungsstrecke",
        offer_valid_until=FAR,
        service_to=FAR,
    )
    return await a_client_status(case)
