"""The clicks that the work of every day takes, counted in a browser."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page

from domain.billing.model import Invoice, InvoiceStatus
from domain.client_status.model import ClientStatus
from domain.deliveries.model import DeliveryVersion
from domain.kernel.actors import Role
from domain.orders.model import Order, OrderStatus
from tests.makers.accounts import a_member_account, an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.orders import Case, an_order, planned
from tests.support.people import FAR, everyone
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


@pytest.mark.parametrize(
    ("start", "field", "text"),
    [("/orders", "link", "https://files.example/all"), ("{order}", "link", "https://files.example/slides")],
    ids=["from the list", "from the order"],
)
async def test_a_delivery_takes_two_clicks(portal: Portal, start: str, field: str, text: str) -> None:
    case, _ = await two_orders(OrderStatus.ACTIVE)
    page = await portal.signed_in(await a_member_account(case.member))
    await page.goto(start.format(order=f"/orders/ord_{case.order.id}"))
    clicks = Clicks(page)

    await clicks.on(page.get_by_role("link", name="Deliver").first)
    form = page.locator("#deliver")
    await form.get_by_label("What is delivered").fill("The slides.")
    await form.locator(f"[name={field}]").fill(text)
    await clicks.on(form.get_by_role("button", name="Deliver", exact=True), leads_on=True)

    assert clicks.count == 2
    delivered = await DeliveryVersion.get(delivery__order_id=case.order.id)
    assert getattr(delivered, field) == text
    assert "Delivered" in await notice(page)


async def test_an_invoice_is_issued_by_two_clicks_with_its_confirmation(portal: Portal) -> None:
    await the_operator()
    facts: dict[str, Any] = {"offer_valid_until": FAR, "service_to": FAR, "planned_invoices": (planned("500.00"),)}
    billed = await an_invoice(case=await an_order(OrderStatus.ACTIVE, **facts))
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto(f"/invoices/inv_{billed.invoice.id}")
    clicks = Clicks(page)

    await clicks.on(page.get_by_role("link", name="Issue …"), leads_on=True)
    final = await page.locator(".deadline.over").inner_text()
    await clicks.on(page.get_by_role("button", name="Issue it now"), leads_on=True)

    assert clicks.count == 2
    assert final
    assert (await Invoice.get(id=billed.invoice.id)).status is InvoiceStatus.PRINTED


@pytest.mark.parametrize(("role", "path"), [("staff", "/customers"), ("customer", "/orders"), ("finance", "/invoices")])
async def test_every_list_opens_its_rows_by_enter(portal: Portal, role: str, path: str) -> None:
    await the_operator()
    people = await everyone(planned_invoices=(planned("500.00"),))
    await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    page = await portal.signed_in(getattr(people, role))
    await page.goto(path)
    row = page.locator(".rows tbody tr").first

    await row.focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")

    assert f"{path}/" in page.url


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
