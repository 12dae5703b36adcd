"""Merging of customers: everything moves, issued invoices stay, and the old row leads to the new one."""

from dataclasses import replace
from typing import Any

import pytest
from tortoise.exceptions import BaseORMException

from domain.billing.model import BillableLine, Invoice, InvoiceStatus
from domain.client_status.model import ClientStatus, ClientStatusChange
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.orders.inputs import Confirmation
from domain.orders.model import Order, OrderStatus
from domain.parties.inputs import MergeTarget
from domain.parties.model import Collaboration, Contact, Customer, CustomerKind, CustomerState
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status
from tests.makers.orders import a_draft, an_order
from tests.makers.parties import ADMIN, FINANCE, LIMITED_STAFF, STAFF, a_customer, acting_for_customer
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def merge(one: Customer, other: Customer, actor: Actor = STAFF) -> None:
    command = Command(noun="customer", move="merge", subject_id=one.id, input=MergeTarget(into_id=other.id))
    await execute(command, actor)
    await one.refresh_from_db()


async def reason_of(refused_move: Any) -> str:
    with pytest.raises(Refused) as refused:
        await refused_move
    return refused.value.refusals[0].reason


@pytest.mark.parametrize("actor", [STAFF, ADMIN])
async def test_orders_contacts_and_members_move(actor: Actor) -> None:
    case, other = await an_order(OrderStatus.ACTIVE), await a_customer("Kunde ABC")

    await merge(case.customer, other, actor)

    order = await Order.get(id=case.order.id)
    assert (order.customer_id, order.version) == (other.id, case.order.version)
    assert await Contact.filter(customer_id=other.id).count() == 2
    assert await Collaboration.filter(member_id=case.member.id, customer_id=other.id).count() == 1
    assert (case.customer.status, case.customer.merged_into_id) == (CustomerState.MERGED, other.id)


async def test_both_customers_and_the_order_have_it_in_their_history() -> None:
    case, other = await an_order(), await a_customer("Kunde ABC")

    await merge(case.customer, other)

    assert await the_events_of(case.customer.id) == ["customer.merge"]
    assert await the_events_of(other.id) == ["customer.receive"]
    assert (await the_events_of(case.order.id))[-1] == "order.followCustomer"


async def test_an_issued_invoice_moves_and_says_what_it_said() -> None:
    await the_operator()
    billed, other = await an_invoice(InvoiceStatus.PRINTED), await a_customer("Kunde ABC")

    await merge(billed.case.customer, other)

    invoice = await Invoice.get(id=billed.invoice.id)
    assert (invoice.customer_id, invoice.snapshot, invoice.number) == (
        other.id,
        billed.invoice.snapshot,
        billed.invoice.number,
    )
    assert await BillableLine.filter(customer_id=billed.case.customer.id).count() == 0


async def test_an_issued_invoice_never_goes_to_a_customer_that_is_another_one() -> None:
    await the_operator()
    billed, other = await an_invoice(InvoiceStatus.PRINTED), await a_customer("Kunde ABC")

    with pytest.raises(BaseORMException, match="never changes"):
        await Invoice.filter(id=billed.invoice.id).update(customer_id=other.id)


async def test_what_clients_were_told_stays_told() -> None:
    case = await a_client_status(shown=True)
    before = await ClientStatus.get(id=case.order.id)
    other = await a_customer("Kunde ABC")

    await merge(case.customer, other)

    status = await ClientStatus.get(id=case.order.id)
    assert (status.customer_id, status.shown_since) == (other.id, before.shown_since)
    assert await ClientStatusChange.filter(order_id=case.order.id, customer_id=other.id, seen=True).exists()


async def test_a_contact_answers_the_offer_of_the_customer_that_stays() -> None:
    case, other = await an_order(OrderStatus.AWAITING_CUSTOMER), await a_customer("Kunde ABC")
    await merge(case.customer, other)

    await case.move("confirm", acting_for_customer(other), Confirmation(name="Kim", revision=1))

    assert case.order.status is OrderStatus.ACTIVE


async def test_a_chain_of_merges_leads_to_its_end() -> None:
    first, second, third = [await a_customer(name) for name in ("A", "B", "C")]

    await merge(first, second)
    await merge(second, third)

    assert (await Customer.get(id=first.id)).merged_into_id == third.id


async def test_a_draft_that_names_the_merged_customer_is_for_the_one_that_stays() -> None:
    case, other = await an_order(), await a_customer("Kunde ABC")
    contact = await Contact.get(customer_id=case.customer.id)
    await merge(case.customer, other)
    draft = replace(a_draft(), customer_id=case.customer.id, contact_id=contact.id)

    outcome = await execute(Command(noun="order", move="create", input=draft), case.by_member)

    assert (await Order.get(id=outcome.subject_id)).customer_id == other.id


async def test_what_cannot_be_the_same_customer_is_not_merged() -> None:
    one = await a_customer(vat_id="DE111111111")
    person = await a_customer("Kunde ABC", kind=CustomerKind.CONSUMER)
    elsewhere = await a_customer("Kunde DEF", vat_id="DE222222222")

    assert await reason_of(merge(one, one)) == "merged_into_itself"
    assert await reason_of(merge(one, person)) == "customers_of_two_kinds"
    assert await reason_of(merge(one, elsewhere)) == "customers_of_two_vat_ids"


async def test_a_merged_customer_neither_moves_nor_takes_in_others() -> None:
    one, other, third = [await a_customer(name) for name in ("A", "B", "C")]
    await merge(one, other)

    assert await reason_of(merge(one, third)) == "not_in_this_state"
    assert await reason_of(merge(third, one)) == "customer_unknown"


@pytest.mark.parametrize(("actor", "reason"), [(FINANCE, "not_your_move"), (LIMITED_STAFF, "not_found")])
async def test_only_employees_who_see_everything_merge(actor: Actor, reason: str) -> None:
    case, other = await an_order(), await a_customer("Kunde ABC")

    assert await reason_of(merge(case.customer, other, actor)) == reason
