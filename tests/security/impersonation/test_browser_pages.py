"""Impersonation in a browser: the start, the banner, the list of hidden rows, the end."""

from typing import Any

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account
from domain.deliveries.model import DeliveryStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.orders import Case, an_order
from tests.support.looks import DESKTOP_FIRST
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def a_busy_customer() -> tuple[Case, Case]:
    """An active order with everything below it, and an offer; two more orders that the customer does not see."""
    await the_operator()
    active = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    await a_client_status(active)
    await a_delivery(DeliveryStatus.DRAFT, around=active)
    await an_invoice(case=active)
    facts: dict[str, Any] = {"customer": active.customer, "offer_valid_until": FAR}
    offer = await an_order(OrderStatus.AWAITING_CUSTOMER, project="Kampagne Herbst", **facts)
    await an_order(OrderStatus.IN_REVIEW, project="Kampagne Winter", **facts)
    archived = await an_order(OrderStatus.ACTIVE, project="Kampagne Sommer", **facts)
    await archived.move("archive", archived.by_member)
    return active, offer


async def looking(portal: Portal, customer: Customer, account: Account | None = None, **more: Any) -> Page:
    """A staff member who has pressed the button on the customer's page."""
    account = account or await an_account(Role.STAFF)
    page = await portal.signed_in(account, **more)
    await page.goto(f"/customers/cus_{customer.id}")
    await press(page, "View as this customer" if account.language == "en" else "Als diese*r Kund*in ansehen")
    return page


async def test_in_and_out_again(portal: Portal) -> None:
    active, _ = await a_busy_customer()
    page = await looking(portal, active.customer)
    assert "Work in progress" in await text_of(page)
    places = await page.locator(".places a").all_inner_texts()
    assert places[:3] == ["Overview", "Orders", "Invoices"]
    assert "Customers" not in places

    await press(page, "Leave")

    assert await notice(page) == "You see the portal as yourself again."
    assert page.url.endswith(f"/customers/cus_{active.customer.id}")


async def test_what_is_hidden_is_one_click_away_on_every_page(portal: Portal) -> None:
    active, _ = await a_busy_customer()
    page = await looking(portal, active.customer)
    await page.goto("/invoices")

    await page.get_by_role("link", name="What is hidden, and why").click()

    text = await text_of(page)
    assert "Kampagne Winter" in text
    assert "The order is in the archive." in text
    assert "4 orders with something hidden" in text


async def test_no_button_of_the_customers_can_be_pressed(portal: Portal) -> None:
    _, offer = await a_busy_customer()
    page = await looking(portal, offer.customer)

    await page.goto(f"/orders/ord_{offer.order.id}")

    buttons = await page.locator("main button").all()
    assert buttons
    assert [await button.is_enabled() for button in buttons] == [False] * len(buttons)


async def test_the_banner_stays_while_the_page_is_read(portal: Portal) -> None:
    active, _ = await a_busy_customer()
    page = await looking(portal, active.customer, size=PHONE)
    await page.goto(f"/orders/ord_{active.order.id}")

    await page.mouse.wheel(0, 1200)

    assert await page.get_by_role("button", name="Leave").is_visible()
    box = await page.locator(".viewing").bounding_box()
    assert box is not None
    assert box["y"] == 0


@DESKTOP_FIRST
async def test_everybody_can_use_the_pages(portal: Portal, size: dict[str, int], colors: str) -> None:
    active, offer = await a_busy_customer()
    page = await looking(portal, active.customer, size=size, color_scheme=colors)

    flaws = []
    for path in ("/", "/orders", f"/orders/ord_{active.order.id}", f"/orders/ord_{offer.order.id}", "/viewing/hidden"):
        flaws += await flaws_of(page, path)

    assert flaws == []
