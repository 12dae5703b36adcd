"""The story of a firm that moves in: its files come through the page, and its people work with what they held."""

from datetime import date
from decimal import Decimal

import pytest
from tortoise import connections

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.accounts.authentication.credentials import actor_of_account
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.inputs import Draft, PlannedInvoiceEntry
from domain.orders.model import Order, OrderStatus
from domain.parties.model import Customer, Member
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import the_operator
from tests.makers.imports import EXAMPLES
from tests.support.portal_browser import Portal, press, text_of

pytestmark = pytest.mark.browser


async def test_a_firm_imports_its_files_and_works_with_them(portal: Portal, settings: Settings) -> None:
    await the_operator()
    staff = await portal.sign_in(await an_account(Role.STAFF))
    for kind in ("members", "customers", "orders"):
        await staff.goto(f"/imports/new?kind={kind.upper()}")
        await staff.get_by_label("CSV file").set_input_files(EXAMPLES / f"{kind}.csv")
        await press(staff, "Check the file")
        await press(staff, "Import now")
        assert "Everything is imported." in await text_of(staff)
    assert "Contacts who were mailed an offer: 1" in await text_of(staff)

    await staff.goto("/orders?tab=active")
    assert "AF-00654-0778" in await text_of(staff)
    running = await Order.get(number="AF-00654-0778")
    await staff.goto(f"/orders/{external('ord', running.id)}")
    shown = await text_of(staff)
    assert "Messestand" in shown
    assert "Order imported" in shown

    offered = await Order.get(number="AF-00654-0779")
    customer = await portal.page()
    await customer.goto(await the_mailed_path(offered, settings))
    await customer.locator("input[name=name]").fill("Paul Weber")
    await customer.locator("form button[type=submit]").first.click()
    await offered.refresh_from_db()
    assert (offered.status, offered.confirmed_by) == (OrderStatus.ACTIVE, "Paul Weber")

    assert await the_next_number() == "AF-00654-0780"


async def the_mailed_path(order: Order, settings: Settings) -> str:
    """The path of the link that the import has mailed."""
    (row,) = await connections.get("default").execute_query_dict(
        "SELECT link_id FROM outbox WHERE order_id = $1 AND name = 'order.approve'", [order.id]
    )
    return f"/l/{token(row['link_id'], LinkPurpose.OFFER, settings.key(KEY_PURPOSE))}"


async def the_next_number() -> str:
    """The number of a draft that the imported member begins, for an imported customer."""
    member = await Member.get(number=654)
    account = await an_account(Role.MEMBER, email="mara@malerin.example")
    await Member.filter(id=member.id).update(account_id=account.id)
    actor = await actor_of_account(account.id, Role.MEMBER)
    assert actor is not None
    customer = await Customer.get(legal_name="Müller & Söhne GmbH")
    draft = Draft(
        project="Schaufenster",
        customer_id=customer.id,
        contact_id=customer.default_contact_id,
        planned_invoices=(PlannedInvoiceEntry(invoice_on=date(2099, 1, 1), text="Folie", unit_price=Decimal(90)),),
    )
    outcome = await execute(Command(noun="order", move="create", input=draft), actor)
    return (await Order.get(id=outcome.subject_id)).number
