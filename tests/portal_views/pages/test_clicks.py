"""The clicks that the work of every day takes, counted in a browser."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page

from domain.client_status.model import ClientStatus
from domain.kernel.actors import Role
from domain.orders.model import Order, OrderStatus
from tests.makers.accounts import an_account
from tests.makers.orders import Case, an_order
from tests.support.people import FAR
from tests.support.portal_browser import Portal, notice

pytestmark = pytest.mark.browser


class Clicks:
    """Counts the clicks on a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    async def on(self, element: Locator, *, leads_on: bool = False) -> None:
        """Click an element, and wait for the page that it leads to."""
        self.count += 1
        if leads_on:
            async with self.page.expect_navigation():
                await element.click()
        else:
            await element.click()


async def two_orders(status: OrderStatus) -> list[Case]:
    facts: dict[str, Any] = {"offer_valid_until": FAR, "service_to": FAR}
    return [await an_order(status, project=name, **facts) for name in ("First", "Second")]


async def label_of(case: Case) -> str:
    return (await ClientStatus.get(id=case.order.id)).label_en


async def test_an_order_is_approved_from_the_queue_by_one_click_and_the_next_stands_there(portal: Portal) -> None:
    _, second = await two_orders(OrderStatus.IN_REVIEW)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders?tab=in-review")
    clicks = Clicks(page)

    await clicks.on(page.get_by_role("button", name=f"Approve {second.order.number}"), leads_on=True)

    assert clicks.count == 1
    assert (await Order.get(id=second.order.id)).status == OrderStatus.AWAITING_CUSTOMER
    assert await notice(page)
    assert await page.locator("td.first").all_inner_texts() == ["First"]
    assert await page.get_by_role("button", name="Approve AF-").is_visible()


async def test_a_client_status_is_set_from_the_list_by_two_clicks(portal: Portal) -> None:
    first, second = await two_orders(OrderStatus.ACTIVE)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")
    clicks = Clicks(page)

    row = page.locator("tr", has_text=first.order.number)
    await clicks.on(row.locator(".told-button"))
    await clicks.on(row.get_by_role("button", name="In progress"), leads_on=True)

    assert clicks.count == 2
    assert [await label_of(each) for each in (first, second)] == ["In progress", ""]
    assert page.url.endswith("/orders")


async def test_a_client_status_is_set_for_many_by_four_clicks(portal: Portal) -> None:
    orders = await two_orders(OrderStatus.ACTIVE)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")
    assert not await page.locator("#many").is_visible()
    clicks = Clicks(page)

    await clicks.on(page.get_by_label("Select all rows of this page"))
    await clicks.on(page.get_by_role("button", name="Set status …"), leads_on=True)
    await clicks.on(page.locator("button.choice", has_text="In progress"), leads_on=True)
    preview = await page.locator(".of-changes").inner_text()
    await clicks.on(page.get_by_role("button", name="Set the status of 2 orders"), leads_on=True)

    assert clicks.count == 4
    assert [await label_of(each) for each in orders] == ["In progress", "In progress"]
    assert all(words in preview for words in ("First", "Second", "In progress", "Kim Kontakt"))


async def test_a_double_click_or_enter_on_a_row_opens_it(portal: Portal) -> None:
    first, second = await two_orders(OrderStatus.ACTIVE)
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto("/orders")

    async with page.expect_navigation():
        await page.locator("tr", has_text=first.order.number).locator("td.amount").first.dblclick()
    assert page.url.endswith(f"/orders/ord_{first.order.id}")
    await page.goto("/orders")
    await page.locator("tbody tr").first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")

    assert page.url.endswith(f"/orders/ord_{second.order.id}")
