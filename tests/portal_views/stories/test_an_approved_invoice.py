"""An invoice that two people approve: its line by hand, its issue, and its reversal."""

import pytest

from domain.billing.model import BillableLine, Invoice, InvoiceStatus, LineStatus
from domain.kernel.actors import Role
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_line_by_hand_becomes_an_invoice_that_another_person_approves(cast: Cast) -> None:
    await the_operator(approval_workflow=True)
    people = await everyone()
    first = await cast.signed_in(people.finance)
    second = await cast.signed_in(await an_account(Role.FINANCE))

    await enters_a_line(first)
    await confirms_the_line(second)
    await composes(first)
    await submits(first)
    await approves(second)
    await issues(first)
    await cast.clock_strikes()
    await sends_again(first)
    await reverses(first)


async def enters_a_line(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Lines")
    await finance.follow("+ New line")
    await finance.pick("Member", "Mara")
    await finance.pick("Customer", "Kunde")
    await finance.fill("Text", "Beratung")
    await finance.fill("Net unit price", "1,250.50")
    await finance.fill("Service from", "2026-04-01")
    await finance.fill("Service until", "2026-04-30")
    await finance.press("Add line")
    assert (await BillableLine.get(text="Beratung")).status is LineStatus.ON_HOLD


async def confirms_the_line(finance: Visitor) -> None:
    await finance.follow("Overview")
    await finance.follow("1 line on hold")
    await finance.follow("Beratung")
    await finance.press("Confirm")
    assert (await BillableLine.get(text="Beratung")).status is LineStatus.CONFIRMED


async def composes(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Invoices")
    await finance.follow("+ New invoice")
    await finance.tick("Beratung")
    await finance.press("Compose the draft")
    assert "Invoice draft" in await text_of(finance.page)


async def submits(finance: Visitor) -> None:
    await finance.press("Submit for approval")
    assert (await Invoice.get()).status is InvoiceStatus.PENDING_APPROVAL


async def approves(finance: Visitor) -> None:
    await finance.follow("Overview")
    await finance.follow((await Invoice.get()).provisional_number)
    await finance.press("Approve")
    assert (await Invoice.get()).status is InvoiceStatus.READY_TO_PRINT


async def issues(finance: Visitor) -> None:
    await finance.page.reload()
    await finance.follow("Issue")
    await finance.press("Issue it now")
    assert "issued" in await notice(finance.page)


async def sends_again(finance: Visitor) -> None:
    await finance.page.reload()
    await finance.press("Send again")
    assert "is being sent again" in await notice(finance.page)


async def reverses(finance: Visitor) -> None:
    await finance.unfold("Issue a cancellation invoice")
    await finance.fill("Reason", "Charged twice.")
    await finance.press("Issue a cancellation invoice")
    assert "Cancellation invoice" in await text_of(finance.page)
