"""Open items on the pages: finance books payments, the customer disputes, the member sees it."""

import pytest
from playwright.async_api import Page

from domain.accounts.model import Account
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.parties.model import Customer
from domain.receivables.model import ReceivableStatus
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.orders import an_order
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import berlin, the_clock_shows
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of, unfold

pytestmark = pytest.mark.browser
in_april = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def owed_of_an_order(*payments: str) -> Owed:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    return await a_receivable(*payments, case=case)


async def in_finance(portal: Portal, path: str, **more: object) -> Page:
    page = await portal.signed_in(await an_account(Role.FINANCE), **more)
    await page.goto(path)
    return page


async def finance_called(name: str) -> Account:
    account = await an_account(Role.FINANCE)
    await Account.filter(id=account.id).update(name=name)
    return account


async def as_customer(portal: Portal, owed: Owed, **more: object) -> Page:
    customer = await Customer.get(id=owed.billed.invoice.customer_id)
    page = await portal.signed_in(await a_customer_account(customer), **more)
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
    page = await portal.signed_in(await a_member_account(owed.billed.case.member))

    await page.goto(f"/invoices/inv_{owed.billed.invoice.id}")

    shown = await text_of(page)
    assert "Paid" in shown
    assert "Open item with its entries" not in shown


async def test_a_second_person_decides_about_a_write_off(portal: Portal) -> None:
    owed = await owed_of_an_order()
    path = f"/receivables/rcv_{owed.row.id}"
    page = await portal.signed_in(await finance_called("Fay First"))
    await page.goto(path)
    await unfold(page, "Propose")
    await page.locator("details[open] [name=reason]").fill("Insolvent.")
    await press(page, "Propose a write-off")
    assert "Fay First proposes to write off the rest" in await text_of(page)
    assert await page.get_by_role("button", name="Agree to the write-off").count() == 0

    second = await portal.signed_in(await finance_called("Sam Second"))
    await second.goto("/")
    shown = await text_of(second)
    assert "1 write-off to decide" in shown
    assert "Insolvent." in shown
    async with second.expect_navigation():
        await second.get_by_role("link", name=owed.billed.invoice.number).first.click()
    await press(second, "Agree to the write-off")

    await owed.refresh()
    assert (owed.row.written_off_cents, owed.row.write_off_proposed_at) == (595_00, None)
    assert "Written off" in await text_of(second)


@in_april
async def test_the_first_page_of_finance_shows_what_is_overdue_by_age(portal: Portal) -> None:
    owed = await owed_of_an_order("95.00")
    await the_clock_shows(berlin(2026, 7, 1, 10))
    page = await in_finance(portal, "/")
    assert "No bank file was imported today." in await text_of(page)

    await page.get_by_role("link", name="61–90 days").click()

    shown = await text_of(page)
    assert "1 open item, of which overdue: €500.00" in shown
    assert owed.billed.invoice.number in shown
    await page.goto("/receivables?tab=overdue&age=91")
    assert owed.billed.invoice.number not in await text_of(page)


@in_april
async def test_a_customer_finds_a_code_for_what_remains_and_a_member_what_is_late(portal: Portal) -> None:
    owed = await owed_of_an_order("95.00")
    await the_clock_shows(berlin(2026, 7, 1, 10))

    page = await as_customer(portal, owed)
    assert await page.get_by_role("img", name="GiroCode for €500.00").is_visible()
    await page.goto("/invoices")
    assert "Overdue" in await text_of(page)
    await page.go_back()
    member = await portal.signed_in(await a_member_account(owed.billed.case.member))
    await member.goto("/invoices")
    assert "Overdue" in await text_of(member)
    await owed.pay("500.00")
    await page.reload()
    assert await page.get_by_role("img", name="GiroCode").count() == 0


async def test_the_pages_are_accessible(portal: Portal) -> None:
    owed = await owed_of_an_order("95.00")
    page = await in_finance(portal, "/", size=PHONE)

    assert await flaws_of(page, "/receivables?lang=de") == []
    assert await flaws_of(page, f"/receivables/rcv_{owed.row.id}") == []
