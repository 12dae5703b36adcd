"""A status that contradicts the facts is marked wherever staff meets it, and one click shows what fits."""

import re
from collections.abc import Mapping

import pytest
from playwright.async_api import Page

from domain.client_status.model import ClientStatus
from tests.makers.accounts import a_session
from tests.makers.automations import shown_from_template
from tests.makers.deliveries import a_delivery
from tests.support.impersonation import send, visit
from tests.support.page_flaws import flaws_of
from tests.support.people import everyone
from tests.support.portal_browser import DESKTOP, PHONE, Portal, notice, press, text_of
from tests.support.site import Site

MARK = "Contradicts the facts"
REMEDY = re.compile(r'<form method="post" action="([^"]+)" class="fitting">(.*?)</form>', re.DOTALL)
VALUE = re.compile(r'name="(\w+)" value="([^"]*)"')


async def staff_meets_a_contradiction(portal: Portal, size: Mapping[str, int] = DESKTOP) -> tuple[Page, str]:
    people = await everyone()
    await shown_from_template("In progress", people.case)
    await a_delivery(around=people.case)
    return await portal.sign_in(people.staff, size=size), str(people.case.order.id)


@pytest.mark.browser
async def test_one_click_on_the_order_shows_what_fits(portal: Portal) -> None:
    page, order_id = await staff_meets_a_contradiction(portal)
    await page.goto("/orders?lang=en")
    assert "contradicts" in await text_of(page)
    await page.locator("td.first a").first.click()
    assert "Everything has been delivered and waits for the customer." in await text_of(page)

    await press(page, "Show “In review”")

    assert (await ClientStatus.get(id=order_id)).label_en == "In review"
    assert MARK not in await text_of(page)
    assert await notice(page)


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_mark_is_accessible_wherever_it_stands(portal: Portal, size: Mapping[str, int]) -> None:
    page, _ = await staff_meets_a_contradiction(portal, size)

    flaws = [await flaws_of(page, path) for path in ("/", "/orders", "/board/off", "/setup/rules")]

    assert flaws == [[], [], [], []]


@pytest.mark.parametrize("path", ["/", "/orders", "/board/off"])
async def test_one_click_where_the_mark_stands_shows_what_fits_and_the_page_stands_again(site: Site, path: str) -> None:
    people = await everyone()
    await shown_from_template("In progress", people.case)
    await a_delivery(around=people.case)
    session = await a_session(people.staff)

    [(action, fields)] = REMEDY.findall((await visit(site, session, path)).text)
    done = await send(site, session, action, **dict(VALUE.findall(fields)))

    assert done.headers["location"].partition("?")[0] == path
    assert (await ClientStatus.get(id=people.case.order.id)).label_en == "In review"
