"""A further invoice of a running order: proposed, agreed to behind the mailed link, confirmed by finance."""

from datetime import date, timedelta

import pytest

from domain.billing.model import BillableLine, LineSource, LineStatus
from tests.makers.supplements import customers_are_asked
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_further_invoice_is_agreed_with_everybody(cast: Cast) -> None:
    await customers_are_asked()
    people = await everyone()
    member = await cast.signed_in(people.member, f"/orders/ord_{people.case.order.id}")
    finance = await cast.signed_in(people.finance)

    await proposes(member)
    await agrees(await cast.reader("kim@kunde.example"))
    await confirms(finance)


async def proposes(member: Visitor) -> None:
    await member.unfold("+ New invoice")
    await member.fill("Text", "Another workshop")
    await member.fill("Net unit price", "1,250.50")
    await member.fill("Invoice date", (date.today() + timedelta(days=40)).isoformat())
    await member.press("New invoice")
    assert "has been proposed" in await notice(member.page)


async def agrees(contact: Visitor) -> None:
    await contact.fill("Your name", "Karla Kundin")
    await contact.press("Agree with binding effect")
    assert "Confirmed by Karla Kundin" in await text_of(contact.page)


async def confirms(finance: Visitor) -> None:
    await finance.page.reload()
    await finance.follow("Another workshop")
    await finance.press("Confirm")
    line = await BillableLine.get(source=LineSource.PROPOSAL)
    assert (line.status, line.net_cents) == (LineStatus.CONFIRMED, 125_050)
