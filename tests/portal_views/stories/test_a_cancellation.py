"""A cancellation that is asked for twice: refused first, then approved, with its invoice reversed."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.orders.model import Order, OrderStatus
from tests.makers.billing import an_invoice, the_operator
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


async def test_a_cancellation_is_refused_and_asked_for_again(cast: Cast) -> None:
    await the_operator()
    people = await everyone()
    await an_invoice(InvoiceStatus.PRINTED, case=people.case)
    path = f"/orders/ord_{people.case.order.id}"
    member, customer = await cast.signed_in(people.member, path), await cast.signed_in(people.customer, path)
    staff = await cast.signed_in(people.staff)

    await asks(member, "The customer has moved to another town.")
    await refuses(staff)
    await asks(member, "The customer and I have agreed to stop here.")
    await approves(staff)
    await reads(customer)


async def asks(member: Visitor, reason: str) -> None:
    await member.page.reload()
    await member.unfold("More")
    await member.unfold("Request cancellation")
    await member.fill("Reason", reason)
    await member.press("Request cancellation")
    assert "has been requested" in await notice(member.page)


async def opens_the_request(staff: Visitor) -> None:
    await staff.page.goto("/")
    await staff.follow("Review ")


async def refuses(staff: Visitor) -> None:
    await opens_the_request(staff)
    await staff.unfold("Refuse cancellation")
    await staff.fill("Reason", "Finish the first part, please.")
    await staff.press("Refuse cancellation")
    assert (await Order.get()).status is OrderStatus.ACTIVE


async def approves(staff: Visitor) -> None:
    await opens_the_request(staff)
    await staff.unfold("Approve cancellation")
    await staff.press("Approve cancellation")
    assert (await Order.get()).status is OrderStatus.CANCELED


async def reads(customer: Visitor) -> None:
    await customer.page.reload()
    shown = await text_of(customer.page)
    assert "Canceled" in shown
    await customer.follow("Invoices")
    assert "ST-" in await text_of(customer.page)
