"""An invoice in dispute: its draft is changed for the member, its customer disputes it, two people write it off."""

import pytest

from domain.kernel.actors import Role
from domain.receivables.model import Receivable
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_an_invoice_is_changed_disputed_and_written_off(cast: Cast) -> None:
    await the_operator()
    people = await everyone()
    billed = await an_invoice(case=people.case)
    path = f"/invoices/inv_{billed.invoice.id}"
    member, customer = await cast.signed_in(people.member, path), await cast.signed_in(people.customer)
    first, second = [await cast.signed_in(await an_account(Role.FINANCE), path) for _ in range(2)]

    await asks_for_a_change(member)
    await changes_the_line(first)
    await issues(first)
    await cast.clock_strikes()
    await disputes(customer)
    await proposes_a_write_off(first)
    await agrees(second)


async def asks_for_a_change(member: Visitor) -> None:
    await member.unfold("Request changes")
    await member.fill("Message", "Cheaper, please.")
    await member.press("Request changes")
    assert "Finance has received" in await notice(member.page)


async def changes_the_line(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Lines")
    await finance.follow("All")
    await finance.follow("Workshop")
    await finance.unfold("Edit")
    await finance.fill("Net unit price", "450.00")
    await finance.press("Edit")
    assert "saved" in await notice(finance.page)


async def issues(finance: Visitor) -> None:
    await finance.unfold("Billing")
    await finance.follow("Invoices")
    await finance.follow("On hold")
    await finance.follow("V-")
    await finance.press("Release")
    await finance.follow("Issue")
    await finance.press("Issue it now")
    assert "issued" in await notice(finance.page)


async def disputes(customer: Visitor) -> None:
    await customer.follow("Invoices")
    await customer.follow("RE-")
    await customer.unfold("Dispute")
    await customer.fill("Reason", "Two days too many.")
    await customer.press("Dispute")
    assert "You have disputed this invoice" in await text_of(customer.page)


async def proposes_a_write_off(finance: Visitor) -> None:
    await finance.page.reload()
    await finance.follow("Open item")
    await finance.unfold("Propose")
    await finance.fill("Reason", "Insolvent.")
    await finance.press("Propose a write-off")


async def agrees(finance: Visitor) -> None:
    await finance.follow("Overview")
    await finance.follow("RE-")
    await finance.press("Agree to the write-off")
    assert (await Receivable.get()).written_off_cents == 535_50
