"""The page of the register, and the button that has the history verified."""

import pytest

from domain.billing.inputs import Reversal
from domain.billing.model import InvoiceStatus
from domain.kernel.actors import Role
from domain.verification.results import verify_when_due
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.time import berlin
from tests.support.portal_browser import PHONE, Portal, text_of

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def an_issued_and_reversed_invoice() -> None:
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    await billed.move("reverse", takes=Reversal(reason="Typo"))


@pytest.mark.parametrize("role", [Role.FINANCE, Role.ADMIN])
async def test_finance_and_administrators_find_a_number_and_what_reverses_it(portal: Portal, role: Role) -> None:
    await an_issued_and_reversed_invoice()
    page = await portal.signed_in(await an_account(role))
    await page.goto("/register")

    await page.get_by_label("Number, customer, member, order").fill("RE-2026")
    await page.get_by_role("button", name="Show", exact=True).click()

    text = await text_of(page)
    assert "1 number" in text
    assert "canceled by ST-2026-00001" in text
    assert "595.00" in text


async def test_the_export_is_downloaded_from_the_page(portal: Portal) -> None:
    await an_issued_and_reversed_invoice()
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/register")

    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the export").click()

    assert (await download.value).suggested_filename == "export-2026-01-01-2026-04-01.zip"


async def test_for_staff_there_is_no_such_page(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.STAFF))

    answer = await page.goto("/register")

    assert answer
    assert answer.status == 404


async def test_on_a_phone_nothing_is_wider_than_the_window(portal: Portal) -> None:
    await an_issued_and_reversed_invoice()
    page = await portal.signed_in(await an_account(Role.FINANCE), size=PHONE)

    await page.goto("/register")

    assert not await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


async def test_an_administrator_has_the_history_verified_and_sees_the_result(
    portal: Portal, settings: Settings
) -> None:
    await an_issued_and_reversed_invoice()
    await verify_when_due(settings.database_url, settings.storage_url)
    page = await portal.signed_in(await an_account(Role.ADMIN))
    await page.goto("/health-overview")

    await page.get_by_role("button", name="Verify the history now").click()

    assert "is being carried out" in await text_of(page)
    assert await verify_when_due(settings.database_url, settings.storage_url)
    await page.get_by_role("link", name="Look again").click()
    text = await text_of(page)
    assert "is being carried out" not in text
    assert "files of invoices 2" in text
