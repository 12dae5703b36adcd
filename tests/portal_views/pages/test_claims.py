"""Budgets and claims on the pages: a member claims, finance decides, makes the payment file and downloads it."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from domain.claims.model import Claim, ClaimKind, ClaimReceipt, ClaimStatus, PaymentFile
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_member_account, an_account
from tests.makers.claims import MEMBER_IBAN, Funds
from tests.makers.orders import an_order
from tests.makers.receivables import a_receivable
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def paid_funds() -> Funds:
    case = await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR)
    funds = Funds(await a_receivable("595.00", case=case))
    case.member.iban = MEMBER_IBAN
    await case.member.save(update_fields=["iban"])
    return funds


async def as_member(portal: Portal, funds: Funds, path: str, **more: object) -> Page:
    page = await portal.signed_in(await a_member_account(funds.case.member), **more)
    await page.goto(path)
    return page


async def test_a_member_reads_the_budget_and_unfolds_a_figure(portal: Portal) -> None:
    funds = await paid_funds()
    page = await as_member(portal, funds, "/budget")

    await page.locator("#received summary").click()

    assert "€455.00" in await text_of(page)
    assert await page.get_by_role("link", name=str(funds.owed.billed.invoice.number)).first.is_visible()
    assert await flaws_of(page, "/budget?lang=de") == []


async def test_a_member_enters_expenses_and_attaches_a_receipt(portal: Portal) -> None:
    funds = await paid_funds()
    page = await as_member(portal, funds, "/claims/new?kind=EXPENSE", size=PHONE)
    await page.locator("[name=purpose]").fill("Material")
    await page.locator("[name=receipts-0-text]").fill("Paper")
    await page.locator("[name=receipts-0-spentOn]").fill("2026-03-02")
    await page.locator("[name=receipts-0-gross]").fill("119.00")
    await page.locator("[name=receipts-0-vatRate]").fill("19")
    await press(page, "Save the claim")

    claim = await Claim.get()
    assert (claim.kind, claim.amount_cents) == (ClaimKind.EXPENSE, 119_00)
    assert await ClaimReceipt.filter(claim_id=claim.id, vat_cents=19_00).exists()
    assert "€19.00" in await text_of(page)
    assert await flaws_of(page, f"/claims/clm_{claim.id}/edit?lang=de") == []


async def test_finance_approves_and_downloads_the_payment_file(portal: Portal) -> None:
    funds = await paid_funds()
    page = await as_member(portal, funds, "/claims/new?kind=PAYOUT")
    await page.locator("[name=purpose]").fill("April")
    await page.locator("[name=amount]").fill("100.00")
    await press(page, "Save the claim")
    await press(page, "Submit")
    assert await notice(page) == "The claim is submitted."
    claim = await Claim.get()

    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto(f"/claims/clm_{claim.id}")
    await press(page, "Approve")
    assert await notice(page) == "The claim is approved."
    await page.goto("/payment-files/new")
    await press(page, "Make a payment file")
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Download the file").click()

    file = await PaymentFile.get()
    downloaded = Path(await (await started.value).path())
    assert await asyncio.to_thread(downloaded.read_bytes) == file.content.encode()
    assert (await Claim.get()).status is ClaimStatus.IN_PAYMENT
    assert await flaws_of(page, "/claims?lang=de") == []
    assert await flaws_of(page, "/payment-files?lang=de") == []
    assert await flaws_of(page, "/budgets?lang=de") == []
