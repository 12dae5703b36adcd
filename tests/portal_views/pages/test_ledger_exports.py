"""The page of the postings: finance chooses a period, and downloads its files."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.operator.model import OperatorSettings
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice
from tests.makers.receivables import a_receivable
from tests.makers.time import berlin
from tests.support.page_flaws import flaws_of
from tests.support.portal_browser import PHONE, Portal, notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
APRIL = "/postings?from=2026-04-01&until=2026-04-30"


async def test_an_administrator_names_the_consultant_and_finance_downloads_a_batch(portal: Portal) -> None:
    await a_receivable()
    await an_invoice(InvoiceStatus.PRINTED)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto(APRIL)
    await page.get_by_role("link", name="To the settings").click()
    form = page.locator("#consultant form")
    await form.get_by_label("Number of the tax consultant").fill("29098")
    await form.get_by_label("Client number").fill("55003")
    await form.get_by_role("button").click()
    assert await notice(page) == "Saved."
    assert (await OperatorSettings.get()).ledger_client == 55_003

    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto(APRIL)
    shown = await text_of(page)
    assert "1 posted invoice or cancellation invoice" in shown
    assert "1 invoice is issued and not posted yet." in shown
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download the posting batch").click()

    assert (await download.value).suggested_filename == "EXTF_Buchungsstapel-2026-04-01-2026-04-30.csv"


async def test_the_page_is_accessible_and_fits_a_phone(portal: Portal) -> None:
    page = await portal.sign_in(await an_account(Role.FINANCE), size=PHONE)

    assert await flaws_of(page, f"{APRIL}&lang=de") == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
