"""The life of an order, by keyboard alone and in a browser without scripts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import FilePayload

from domain.billing.model import Invoice
from domain.client_status.model import ClientStatus
from domain.commands import compose_waiting_files, fire_due_deadlines
from domain.kernel.actors import Role
from domain.orders.model import Order, OrderStatus
from domain.parties.model import Contact
from domain.receivables.model import Receivable, ReceivableStatus
from domain.uploads.model import File, FileState
from settings import Settings
from tests.makers.accounts import a_customer_account, a_member_account, an_account
from tests.makers.billing import the_operator
from tests.makers.files import the_store
from tests.makers.parties import a_customer, a_member, working_together
from tests.support.browsing.keyboard import KeyboardUser
from tests.support.browsing.visitor import Visitor
from tests.support.browsing.without_scripts import ScriptlessUser
from tests.support.inbox import Inbox
from tests.support.mailed_paths import mailed_path
from tests.support.polling import it_happens
from tests.support.portal_browser import Portal, notice, text_of
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.browser
SLIDES: FilePayload = {"name": "slides.txt", "mimeType": "text/plain", "buffer": b"Three directions."}


@dataclass(frozen=True)
class Cast:
    """Everybody who takes part, each in front of the home page."""

    member: Visitor
    staff: Visitor
    finance: Visitor
    customer: Visitor
    offered: Callable[[], Awaitable[Visitor]]
    clock_strikes: Callable[[], Awaitable[None]]


@pytest.fixture(params=[KeyboardUser, ScriptlessUser], ids=["keyboard", "without scripts"])
async def cast(request: pytest.FixtureRequest, portal: Portal, settings: Settings, smtp: Inbox) -> Cast:
    """A member and a customer who work together, and the operator's employees."""
    await the_operator()
    user: type[KeyboardUser] | type[ScriptlessUser] = request.param
    more: dict[str, Any] = {"java_script_enabled": user is KeyboardUser}
    member, customer = await a_member(), await a_customer()
    await working_together(member, customer)

    async def offered() -> Visitor:
        page = await portal.page(**more)
        address = (await Contact.get()).email
        assert address
        await page.goto(f"{await mailed_path(settings, smtp, address)}?lang=en")
        return user(page)

    async def clock_strikes() -> None:
        await Dispatcher(settings).send_waiting()
        await fire_due_deadlines()

    return Cast(
        member=user(await portal.sign_in(await a_member_account(member), **more)),
        staff=user(await portal.sign_in(await an_account(), **more)),
        finance=user(await portal.sign_in(await an_account(Role.FINANCE), **more)),
        customer=user(await portal.sign_in(await a_customer_account(customer), **more)),
        offered=offered,
        clock_strikes=clock_strikes,
    )


async def test_an_order_lives_from_its_draft_to_its_payment(cast: Cast) -> None:
    await drafts_and_submits(cast.member)
    await approves(cast.staff)
    await confirms(await cast.offered())
    await delivers(cast.member)
    await tells_the_customer(cast.staff, cast.customer)
    await accepts(cast.customer)
    await cast.clock_strikes()
    await issues(cast.finance)
    await cast.clock_strikes()
    await is_paid(cast.finance)
    await tells_many(cast.staff)


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
