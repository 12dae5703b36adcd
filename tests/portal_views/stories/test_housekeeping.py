"""Staff keeps order: a customer entered twice is merged, an order is assigned to a colleague, archived and restored."""

import pytest

from domain.accounts.model import Account, OrderAccess
from domain.kernel.actors import Role
from domain.parties.model import Customer, CustomerState
from tests.makers.accounts import an_account
from tests.makers.parties import a_member
from tests.support.browsing.cast import Cast
from tests.support.browsing.visitor import Visitor
from tests.support.people import everyone
from tests.support.portal_browser import notice, text_of

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
ENTERED = {
    "Name on invoices": "Kunde XYZ",
    "Street and number": "Musterweg 1",
    "Postcode": "10115",
    "City": "Berlin",
    "E-mail for invoices": "rechnung@kunde.example",
}


async def test_a_customer_is_merged_and_an_order_assigned_archived_and_restored(cast: Cast) -> None:
    people = await everyone(project="Cupboard")
    staff, customer = await cast.signed_in(people.staff), await cast.signed_in(people.customer)
    helper = await cast.signed_in(await a_colleague(), "/orders")
    assert "Cupboard" not in await text_of(helper.page)

    await enters_the_customer_again(await cast.member(await a_member("Noah Neumann")))
    await merges(staff)
    await assigns(staff)
    await finds_the_order(helper)
    await archives(staff)
    assert "Cupboard" not in await home_of(customer)
    await restores(staff)
    assert "Cupboard" in await home_of(customer)


async def a_colleague() -> Account:
    """An employee who sees the orders that are assigned to them."""
    colleague = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    await Account.filter(id=colleague.id).update(name="Cora Colleague")
    return colleague


async def enters_the_customer_again(member: Visitor) -> None:
    await member.follow("Customers")
    await member.follow("+ New customer")
    for label, text in ENTERED.items():
        await member.fill(label, text)
    contact = member.within("Contact")
    await contact.fill("Name", "Kira Kontakt")
    await contact.fill("E-mail", "kira@kunde.example")
    await member.press("Add customer")
    assert "has been added" in await notice(member.page)


async def merges(staff: Visitor) -> None:
    await staff.unfold("Participants")
    await staff.follow("Customers")
    await staff.follow("Possible duplicates")
    await staff.follow("Kunde XYZ, Berlin")
    await staff.press("Merge into Kunde XYZ")
    assert "have been merged" in await notice(staff.page)
    assert "Kira Kontakt" in await text_of(staff.page)
    assert await Customer.filter(status=CustomerState.MERGED).count() == 1


async def assigns(staff: Visitor) -> None:
    await staff.follow("Orders")
    await staff.within("Cupboard").tick("Select order")
    await staff.press("Assign …")
    await staff.pick("Employees", "Cora Colleague")
    await staff.press("See what would change")
    await staff.press("Assign many: 1 order")
    assert "1 order changed" in await text_of(staff.page)


async def finds_the_order(helper: Visitor) -> None:
    await helper.page.reload()
    await helper.follow("Cupboard")
    assert "Cora Colleague" in await text_of(helper.page)


async def archives(staff: Visitor) -> None:
    await staff.follow("Cupboard")
    await staff.tick("In progress")
    await staff.press("Show")
    await staff.unfold("More")
    await staff.press("Archive")
    assert "in the archive" in await notice(staff.page)


async def restores(staff: Visitor) -> None:
    await staff.follow("Orders")
    await staff.follow("Archived")
    await staff.follow("Cupboard")
    await staff.unfold("More")
    await staff.unfold("Restore")
    await staff.tick("Show the client status again")
    await staff.press("Restore")
    assert "back from the archive" in await notice(staff.page)


async def home_of(customer: Visitor) -> str:
    """What the customer reads on the home page."""
    await customer.page.goto("/")
    return await text_of(customer.page)
