"""The life of an order, by keyboard alone and in a browser without scripts."""

from datetime import date, timedelta

import pytest
from playwright.async_api import FilePayload

from domain.billing.model import Invoice
from domain.client_status.model import ClientStatus
from domain.commands import compose_waiting_files
from domain.kernel.actors import Role
from domain.orders.model import Order, OrderStatus
from domain.receivables.model import Receivable, ReceivableStatus
from domain.uploads.model import File, FileState
from tests.makers.billing import the_operator
from tests.makers.files import the_store
from tests.makers.parties import a_customer, a_member, working_together
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.polling import it_happens
from tests.support.portal_browser import notice, text_of

pytestmark = pytest.mark.browser
SLIDES: FilePayload = {"name": "slides.txt", "mimeType": "text/plain", "buffer": b"Three directions."}


async def test_an_order_lives_from_its_draft_to_its_payment(cast: Cast) -> None:
    await the_operator()
    maker, client = await a_member(), await a_customer()
    await working_together(maker, client)
    member, customer = await cast.member(maker), await cast.customer(client)
    staff, finance = await cast.employee(), await cast.employee(Role.FINANCE)

    await drafts_and_submits(member)
    await approves(staff)
    await confirms(await cast.reader("kim@kunde.example"))
    await delivers(member)
    await tells_the_customer(staff, customer)
    await accepts(customer)
    await cast.clock_strikes()
    await issues(finance)
    await cast.clock_strikes()
    await is_paid(finance)
    await tells_many(staff)


async def drafts_and_submits(member: Visitor) -> None:
    await member.follow("+ New order")
    await member.fill("Project", "Kampagne Frühling")
    await member.pick("Customer and contact", "Kunde")
    await member.fill("Service from", a_day(0))
    await member.fill("Service until", a_day(30))
    await member.fill("Text", "Konzept")
    await member.fill("Invoice date", a_day(3))
    await member.fill("Net unit price", "500.00")
    await member.press("Save draft")
    await member.press("Submit")
    assert "submitted for review" in await notice(member.page)


async def approves(staff: Visitor) -> None:
    await staff.page.reload()
    await staff.follow("Review ")
    await staff.press("Approve")
    assert "approved" in await notice(staff.page)


async def confirms(contact: Visitor) -> None:
    await contact.fill("Your name", "Karla Kundin")
    await contact.press("Confirm the order")
    assert (await Order.get()).status is OrderStatus.ACTIVE


async def delivers(member: Visitor) -> None:
    await member.page.reload()
    await member.press("Begin a delivery")
    await member.attach("Files for this order", SLIDES)
    await it_happens(the_file_is_there)
    await member.tick("slides.txt")
    await member.fill("What is delivered", "Three directions as slides.")
    await member.press("Save the draft")
    await member.press("Deliver")
    assert "Delivered" in await notice(member.page)


async def the_file_is_there() -> bool:
    await compose_waiting_files(the_store())
    return await File.filter(state=FileState.FINISHED).exists()


async def tells_the_customer(staff: Visitor, customer: Visitor) -> None:
    await staff.page.reload()
    await staff.tick("In progress")
    await staff.press("Show")
    await customer.page.reload()
    assert "In progress" in await text_of(customer.page)


async def accepts(customer: Visitor) -> None:
    await customer.follow("Review")
    await customer.unfold("Accept the delivery")
    await customer.press("Yes, accept for good")
    assert "accepted" in await notice(customer.page)


async def issues(finance: Visitor) -> None:
    await finance.page.goto("/invoices")
    await finance.follow((await Invoice.get()).provisional_number)
    await finance.follow("Issue")
    await finance.press("Issue it now")
    assert "issued" in await notice(finance.page)


async def is_paid(finance: Visitor) -> None:
    await finance.page.reload()
    await finance.follow("Open item")
    await finance.press("Record a payment")
    assert (await Receivable.get()).status is ReceivableStatus.PAID


async def tells_many(staff: Visitor) -> None:
    order = await Order.get()
    await staff.page.goto("/orders?tab=all")
    await staff.tick(f"Select order {order.number}")
    await staff.press("Set status …")
    await staff.press("Done")
    await staff.press("Set the status of 1 order")
    assert (await ClientStatus.get(id=order.id)).label_en == "Done"


def a_day(later: int) -> str:
    return (date.today() + timedelta(days=later)).isoformat()
