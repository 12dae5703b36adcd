"""Lists of lines and invoices, and the form of an invoice by hand: found, filtered, sorted and grouped."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_session, an_account
from tests.makers.billing import a_manual_line, an_invoice, the_operator
from tests.makers.orders import an_order
from tests.makers.parties import a_customer, a_member
from tests.support.people import FAR
from tests.support.site import Site, cookie_of

pytestmark = pytest.mark.database

LINE = 'name="line" value="lin_'


async def page_for_finance(site: Site, path: str) -> str:
    session = await a_session(await an_account(Role.FINANCE))
    answer = await site.client.get(path, headers=cookie_of(session))
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


async def test_finance_finds_sorts_and_sums_up_lines(site: Site) -> None:
    mia, customer = await a_member(), await a_customer("Seltene Firma")
    await a_manual_line("100.00", member=mia, customer=customer, invoice_on=date(2035, 2, 1))
    await a_manual_line("50.50", member=mia, customer=await a_customer("Andere Firma"), invoice_on=date(2036, 2, 1))
    await a_manual_line("7.00")
    session = await a_session(await an_account(Role.FINANCE))

    async def shown(query: str) -> str:
        return (await site.client.get(f"/lines?{query}", headers=cookie_of(session))).text.replace("\xa0", " ")

    every, searched = await shown(""), await shown("search=seltene")
    by_member, by_size = await shown(f"member={external('mem', mia.id)}"), await shown("sort=net")

    assert [each.count(LINE) for each in (every, searched, by_member)] == [3, 1, 2]
    assert "€157.50 net" in every
    assert "€150.50 net" in by_member
    assert by_size.index("Seltene Firma") < by_size.index("Andere Firma")


async def test_finance_filters_invoices_by_member(site: Site) -> None:
    await the_operator()
    mine = await an_invoice(case=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))
    await an_invoice(case=await an_order(OrderStatus.ACTIVE, offer_valid_until=FAR, service_to=FAR))

    page = await page_for_finance(site, f"/invoices?member={external('mem', mine.invoice.member_id)}")

    assert page.count('name="invoice" value="inv_') == 1
    assert mine.invoice.provisional_number in page


async def test_what_may_share_an_invoice_stands_together_with_its_sum(site: Site) -> None:
    member, customer = await a_member(), await a_customer("Kunde A")
    for day, net in ((1, "10.00"), (1, "20.25"), (2, "5.00")):
        await a_manual_line(net, member=member, customer=customer, invoice_on=date(2036, 1, day))
    await a_manual_line("1.00", member=member, customer=await a_customer("Kunde B"), quantity=Decimal(3))

    page = await page_for_finance(site, "/invoices/new")

    groups = page.split('<form method="post" action="?"')[1:]
    assert [group.count('name="lineIds"') for group in groups] == [2, 1, 1]
    assert ["€30.25 net" in groups[0], "€5.00 net" in groups[1], "€3.00 net" in groups[2]] == [True] * 3
    assert page.index("€35.25") < page.index("€30.25")
