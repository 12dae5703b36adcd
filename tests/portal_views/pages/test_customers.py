"""Pages of customers: contacts with their actions, duplicates, merging, and the contact of a running order."""

import pytest

from domain.access.model import Link
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.model import Order, OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Collaboration, Contact, ContactState, Customer, CustomerState
from tests.makers.accounts import an_account
from tests.makers.parties import a_customer, another_contact
from tests.support.people import everyone
from tests.support.portal_browser import Portal, choose, notice, press, text_of, unfold

pytestmark = pytest.mark.browser


def path_of(customer: Customer) -> str:
    return f"/customers/{external('cus', customer.id)}"


async def test_a_member_amends_a_contact_and_chooses_who_is_asked_first(portal: Portal) -> None:
    people = await everyone()
    second = await another_contact(people.case.customer)
    page = await portal.signed_in(people.member)
    await page.goto(path_of(people.case.customer))

    await press(page, "Ask first")
    assert (await Customer.get(id=people.case.customer.id)).default_contact_id == second.id
    await unfold(page, "Edit contact")
    await page.locator("details[open]", has_text="Edit contact").get_by_label("Name").fill("Noa Anders")
    await press(page, "Edit contact")

    assert (await Contact.get(id=second.id)).name == "Noa Anders"
    assert await page.locator(f"a[href='/accounts/invite?contact=con_{second.id}']").count() == 1


async def test_a_contact_is_removed_unless_something_waits_for_them(portal: Portal) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    second = await another_contact(people.case.customer)
    page = await portal.signed_in(people.staff)
    await page.goto(path_of(people.case.customer))

    assert people.case.order.number in await text_of(page)
    await press(page, "Remove contact")

    assert (await Contact.get(id=second.id)).status is ContactState.REMOVED
    assert "Noa Neu" not in await page.locator("#contacts ~ .cards").inner_text()


async def test_a_duplicate_is_found_compared_and_merged_and_the_old_address_leads_on(portal: Portal) -> None:
    people = await everyone()
    other = await a_customer()
    page = await portal.signed_in(people.staff)
    await page.goto("/customers?tab=duplicates")
    await page.goto(f"{path_of(people.case.customer)}/merge?into={external('cus', other.id)}")

    assert "1 order moves" in await text_of(page)
    await press(page, f"Merge into {other.legal_name}")

    assert "have been merged" in await notice(page)
    assert (await Order.get(id=people.case.order.id)).customer_id == other.id
    await page.goto(path_of(people.case.customer))
    assert page.url.endswith(path_of(other))


async def test_what_a_member_enters_waits_until_it_is_kept(portal: Portal) -> None:
    people = await everyone()
    await Customer.filter(id=people.case.customer.id).update(status=CustomerState.PROPOSED)
    as_member = await portal.signed_in(people.member)
    await as_member.goto(path_of(people.case.customer))
    assert "Being checked" in await text_of(as_member)

    page = await portal.signed_in(people.staff)
    await page.goto(path_of(people.case.customer))
    await press(page, "Keep as a customer of its own")

    assert (await Customer.get(id=people.case.customer.id)).status is CustomerState.KNOWN


async def test_an_employee_enters_a_customer_for_a_member(portal: Portal) -> None:
    people = await everyone()
    page = await portal.signed_in(people.staff)
    await page.goto("/customers/new")
    entry = {"legalName": "Neue GmbH", "street": "Weg 1", "postcode": "10115", "city": "Berlin"}
    for name, value in {**entry, "invoiceEmail": "re@neu.example", "contact-email": "n@neu.example"}.items():
        await page.fill(f"[name={name}]", value)
    await page.fill("[name=contact-name]", "Nina Neu")
    await choose(page, "Works with this member (optional)", people.case.member.name)

    await press(page, "Add customer")

    customer = await Customer.get(legal_name="Neue GmbH")
    assert await Collaboration.filter(customer=customer, member=people.case.member).exists()


async def test_the_contact_of_a_running_order_is_changed(portal: Portal) -> None:
    people = await everyone(OrderStatus.AWAITING_CUSTOMER)
    contact = await another_contact(people.case.customer)
    page = await portal.signed_in(people.staff)
    await page.goto(f"/orders/ord_{people.case.order.id}")

    await unfold(page, "More")
    await unfold(page, "Change the contact")
    await page.select_option("[name=contactId]", external("con", contact.id))
    await press(page, "Change the contact")

    assert await Link.filter(order_id=people.case.order.id, contact_id=contact.id, ended_at=None).count() == 1


async def test_staff_sees_the_mails_of_an_order_and_sends_one_again(portal: Portal) -> None:
    case = (await everyone(OrderStatus.AWAITING_CUSTOMER)).case
    await OutboxMessage.filter(order_id=case.order.id).update(state=MessageState.FAILED, last_error="550 no such user")
    page = await portal.signed_in(await an_account(Role.STAFF))
    await page.goto(f"/orders/ord_{case.order.id}")

    assert "550 no such user" in await text_of(page)
    await page.locator("tr", has_text="kim@kunde.example").get_by_role("button", name="Send again").click()

    assert "is being sent again" in await notice(page)
