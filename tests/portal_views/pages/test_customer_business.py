"""The page of a customer: orders, invoices, what is owed, and what the portal shows, for each role."""

import pytest

from domain.billing.model import InvoiceStatus
from domain.kernel.ids import external
from domain.orders.model import OrderStatus
from domain.parties.model import Contact, Customer
from tests.makers.accounts import a_session
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.orders import an_order, planned
from tests.makers.time import berlin, the_clock_shows
from tests.support.impersonation import visit
from tests.support.people import FAR, everyone
from tests.support.site import Site


@pytest.mark.parametrize("role", ["member", "finance", "staff"])
async def test_the_page_shows_what_there_is_with_a_customer(site: Site, role: str) -> None:
    await the_operator()
    people = await everyone(planned_invoices=(planned("500.00"),), project="Lighthouse")
    billed = await an_invoice(InvoiceStatus.POSTED, case=people.case)
    await a_client_status(people.case, label="Under way")
    await an_order(OrderStatus.ACTIVE, project="Of somebody else", offer_valid_until=FAR)
    await the_clock_shows(berlin(2027, 2, 1, 12))
    session = await a_session(getattr(people, role))

    page = (await visit(site, session, f"/customers/{external('cus', people.case.customer.id)}")).text

    assert "Lighthouse" in page
    assert "Under way" in page
    assert "Of somebody else" not in page
    assert "<strong>€595.00</strong> of that overdue" in page
    assert billed.invoice.number in page
    assert (f"/invoices/{external('inv', billed.invoice.id)}" in page) is (role != "staff")
    assert ("/orders/new?customer=" in page) is (role == "member")


async def test_a_new_order_of_a_customer_asks_the_contact_who_is_asked_by_default(site: Site) -> None:
    people = await everyone()
    customer, usual = people.case.customer, await Contact.get(customer_id=people.case.customer.id)
    await Contact.create(
        customer_id=customer.id, name="Aaron", email="aaron@kunde.example", created_at=berlin(2026, 6, 1)
    )
    await Customer.filter(id=customer.id).update(default_contact_id=usual.id)
    session = await a_session(people.member)

    page = (await visit(site, session, f"/customers/{external('cus', customer.id)}")).text

    assert f"&amp;contact={external('con', usual.id)}" in page


async def test_a_new_order_of_a_customer_begins_with_the_customer_and_the_contact(site: Site) -> None:
    people = await everyone()
    customer, contact = people.case.customer, await Contact.get(customer_id=people.case.customer.id)
    chosen = f"{external('cus', customer.id)}|{external('con', contact.id)}"
    session = await a_session(people.member)

    path = f"/orders/new?customer={external('cus', customer.id)}&contact={external('con', contact.id)}"
    page = (await visit(site, session, path)).text

    assert f'name="contact" value="{chosen}" checked' in page
