"""The bank on the pages: finance uploads a file, books what is suggested, and reads why a broken one is refused."""

import pytest

from domain.bank.model import BankFile, BankTransaction, BankTransactionStatus
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import an_account
from tests.makers.bank_files import Entry, camt
from tests.makers.orders import an_order
from tests.makers.receivables import a_receivable
from tests.support.page_flaws import flaws_of
from tests.support.people import FAR
from tests.support.portal_browser import PHONE, Portal, notice, press, text_of

pytestmark = pytest.mark.browser


async def test_finance_imports_a_file_and_books_what_is_suggested(portal: Portal) -> None:
    owed = await a_receivable(case=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))
    number = str(owed.billed.invoice.number)
    page = await portal.signed_in(await an_account(Role.FINANCE), size=PHONE)
    await page.goto("/bank/import")

    content = camt(Entry(reference=number), Entry(reference="Thanks", amount="12.00"))
    await page.set_input_files("#file", {"name": "april.xml", "mimeType": "application/xml", "buffer": content})
    await press(page, "Import a bank file")

    (file, found) = (await BankFile.get(), await BankTransaction.filter(amount_cents=595_00).get())
    assert page.url.split("?")[0].endswith(f"/bank/files/bkf_{file.id}")
    assert "% sure" in await text_of(page)
    assert await flaws_of(page, "/bank?lang=de") == []
    assert await flaws_of(page, f"/bank/transactions/btx_{found.id}?lang=en") == []

    await press(page, f"Book on {number}")

    assert await notice(page) == "The payment is booked."
    assert (await BankTransaction.get(id=found.id)).status is BankTransactionStatus.BOOKED


async def test_a_broken_file_is_refused_with_its_line(portal: Portal) -> None:
    page = await portal.signed_in(await an_account(Role.FINANCE))
    await page.goto("/bank/import")

    broken = camt(Entry(currency="USD"))
    await page.set_input_files("#file", {"name": "april.xml", "mimeType": "application/xml", "buffer": broken})
    await press(page, "Import a bank file")

    assert "Line 8: the amount is in another currency than the account: USD." in await text_of(page)
    assert not await BankFile.exists()
