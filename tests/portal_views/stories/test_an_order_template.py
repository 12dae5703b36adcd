"""An order template: staff writes it, a member begins an order with it, and its changes hold for later ones."""

import pytest

from domain.orders.model import Order
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_orders_begin_with_a_template_as_it_is_by_then(cast: Cast) -> None:
    people = await everyone()
    staff, member = await cast.signed_in(people.staff, "/setup"), await cast.signed_in(people.member)

    await writes_it(staff)
    await begins_an_order(member)
    assert "Design of eight pages" in await text_of(member.page)
    await changes_it(staff)
    await member.page.reload()
    assert "A new website" in await text_of(member.page)
    await begins_an_order(member)
    assert "A website with a shop" in await text_of(member.page)
    assert await Order.filter(net_cents=180_000).count() == 2


async def writes_it(staff: Visitor) -> None:
    await staff.follow("Order templates")
    await staff.follow("+ New order template")
    await staff.fill("Name", "Website")
    await staff.fill("Project", "A new website")
    invoice = staff.within("Net unit price")
    await invoice.fill("Text", "Design of eight pages")
    await invoice.fill("Invoice after days", "14")
    await invoice.fill("Net unit price", "1,800.00")
    await staff.press("Save")
    assert "created" in await notice(staff.page)


async def begins_an_order(member: Visitor) -> None:
    await member.follow("Orders")
    await member.follow("+ New order")
    await member.follow("Website")
    await member.pick("Customer and contact", "Kunde XYZ")
    await member.press("Begin the order")


async def changes_it(staff: Visitor) -> None:
    await staff.fill("Project", "A website with a shop")
    await staff.press("Save")
    assert "saved" in await notice(staff.page)
