"""Money that arrives: a bank file is imported, its payments are booked, and who has not paid is reminded."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import FilePayload

from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from domain.receivables.model import ReceivableStatus
from tests.makers.bank_files import Entry, camt
from tests.makers.billing import the_operator
from tests.makers.orders import an_order
from tests.makers.receivables import Owed, a_receivable
from tests.makers.time import the_clock_shows
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import FAR
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def owed_of_an_order() -> Owed:
    return await a_receivable(case=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))


async def test_payments_are_booked_and_the_rest_is_reminded_of(cast: Cast) -> None:
    await the_operator(reminders_are_automatic=False)
    matched, assigned, late = [await owed_of_an_order() for _ in range(3)]
    finance = await cast.employee(Role.FINANCE)
    number = str(matched.billed.invoice.number)

    await imports(
        finance, camt(Entry(reference=number), Entry(reference="Thanks", name="Erika Anders", amount="95.00"))
    )
    await books(finance, number)
    await assigns(finance, str(assigned.billed.invoice.number))
    await the_clock_shows(datetime.now(UTC) + timedelta(days=22))
    await reminds(finance)
    await exports(finance)

    for each in (matched, assigned, late):
        await each.refresh()
    assert matched.row.status is ReceivableStatus.PAID
    assert assigned.row.status is ReceivableStatus.PARTLY_PAID
    assert late.row.reminder_step == 1


async def imports(finance: Visitor, content: bytes) -> None:
    file: FilePayload = {"name": "april.xml", "mimeType": "application/xml", "buffer": content}
    await finance.follow("Import a bank file")
    await finance.give("File", file)
    await finance.press("Import a bank file")
    assert "is imported" in await notice(finance.page)


async def books(finance: Visitor, number: str) -> None:
    await finance.follow("Kunde XYZ")
    await finance.press(f"Book on {number}")
    assert await notice(finance.page) == "The payment is booked."


async def assigns(finance: Visitor, number: str) -> None:
    await finance.follow("← Bank")
    await finance.follow("Erika Anders")
    await finance.fill("Find open items: number, customer, member", number)
    await finance.press("Show")
    await finance.choose("Open item", number)
    await finance.fill("Amount", "95.00")
    await finance.press("Book")
    assert await notice(finance.page) == "The payment is booked."


async def reminds(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Open items")
    await finance.follow("Dunning run")
    await finance.press("Send the selected now")
    assert "reminded of" in await text_of(finance.page)


async def exports(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Postings")
    assert (await finance.download("Download the CSV file")).endswith(".csv")
