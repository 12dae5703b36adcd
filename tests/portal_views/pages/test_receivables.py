"""Open items on the pages: finance books payments, the customer disputes, the member sees it."""

import pytest
from playwright.async_api import Page

from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from domain.receivables.model import ReceivableStatus
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.orders import an_order
from tests.makers.receivables import Owed, a_receivable
from tests.portal_views.test_accessibility import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


async def owed_of_an_order(*payments: str) -> Owed:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    return await a_receivable(*payments, case=case)


async def in_finance(portal: Portal, path: str, **more: object) -> Page:
    page = await portal.sign_in(await an_account(Role.FINANCE), **more)
    await page.goto(path)
    return page


async def as_customer(portal: Portal, owed: Owed, **more: object) -> Page:
    customer = await Customer.get(id=owed.billed.invoice.customer_id)
    page = await portal.sign_in(await a_customer_account(customer), **more)
    await page.goto(f"/invoices/inv_{owed.billed.invoice.id}")
    return page


async def test_finance_finds_an_open_item_and_books_its_payment(portal: Portal) -> None:
    owed = await owed_of_an_order()
    page = await in_finance(portal, "/receivables")
    assert "595.00" in await text_of(page)

    async with page.expect_navigation():
        await page.get_by_role("link", name=owed.billed.invoice.number).click()
    await page.locator("[name=note]").first.fill("Transfer")
    await press(page, "Record a payment")

    await owed.refresh()
    assert owed.row.status is ReceivableStatus.PAID
    assert await notice(page) == "The payment is booked."
    assert "Transfer" in await text_of(page)


async def test_a_customer_disputes_on_the_page_of_the_invoice(portal: Portal) -> None:
    owed = await owed_of_an_order("95.00")
    page = await as_customer(portal, owed)
    assert "€500.00" in await text_of(page)

    await unfold(page, "Dispute")
    await page.locator("[name=reason]").fill("Two days too many.")
    await press(page, "Dispute")

    await owed.refresh()
    assert owed.row.dispute_reason == "Two days too many."
    assert "You have disputed this invoice" in await text_of(page)


async def test_a_member_sees_what_is_paid(portal: Portal) -> None:
    owed = await owed_of_an_order("595.00")
    page = await portal.sign_in(await a_member_account(owed.billed.case.member))

    await page.goto(f"/invoices/inv_{owed.billed.invoice.id}")

    shown = await text_of(page)
    assert "Paid" in shown
    assert "Open item with its entries" not in shown


async def test_the_pages_are_accessible(portal: Portal) -> None:
    owed = await owed_of_an_order("95.00")
    page = await in_finance(portal, "/", size=PHONE)

    assert await flaws_of(page, "/receivables?lang=de") == []
    assert await flaws_of(page, f"/receivables/rcv_{owed.row.id}") == []
