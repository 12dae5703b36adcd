"""Contacts: amended, removed and asked by default; nothing that waits for an answer is lost."""

from typing import Any
from uuid import UUID

import pytest

from domain.access.model import Link
from domain.commands import execute
from domain.engine.commands import Command, Outcome
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.parties.inputs import ContactAmendment, DefaultContact
from domain.parties.model import Contact, ContactState, Customer
from tests.makers.accounts import a_customer_account, a_session, actor_of_session
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_customer, a_member, acting_for_member, another_contact, working_together
from tests.makers.records import the_events_of
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def move(name: str, contact: Contact, actor: Actor = STAFF, takes: Any = None) -> Outcome:
    outcome = await execute(Command(noun="contact", move=name, subject_id=contact.id, input=takes), actor)
    await contact.refresh_from_db()
    return outcome


async def the_first_contact(customer_id: UUID) -> Contact:
    return await Contact.filter(customer_id=customer_id).order_by("id").first() or Contact()


async def refusal_of(refused_move: Any) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        await refused_move
    (refusal,) = refused.value.refusals
    return refusal.reason, refusal.params.get("numbers")


async def test_an_amendment_changes_what_is_given_alone() -> None:
    contact = await the_first_contact((await a_customer()).id)

    await move("amend", contact, takes=ContactAmendment(email=" neu@kunde.example "))

    assert (contact.name, contact.email, contact.version) == ("Kim Kontakt", "neu@kunde.example", 2)


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"email": "kim"}, "email_malformed"),
        ({"language": "fr"}, "language_unknown"),
        ({"name": None}, "cannot_be_empty"),
        ({"email": None}, "cannot_be_empty"),
    ],
)
async def test_what_cannot_be_right_is_refused(flaw: dict[str, Any], reason: str) -> None:
    contact = await the_first_contact((await a_customer()).id)

    assert (await refusal_of(move("amend", contact, takes=ContactAmendment(**flaw))))[0] == reason


async def test_members_amend_contacts_of_their_own_customers_only() -> None:
    member, customer = await a_member(), await a_customer()
    contact = await the_first_contact(customer.id)
    renaming = ContactAmendment(name="Kim Neu")

    assert (await refusal_of(move("amend", contact, acting_for_member(member), renaming)))[0] == "not_found"
    await working_together(member, customer)
    await move("amend", contact, acting_for_member(member), renaming)

    assert contact.name == "Kim Neu"


async def test_a_new_address_gets_the_open_offer_and_the_old_link_is_void() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    contact, link = await the_first_contact(case.customer.id), await Link.get(order_id=case.order.id)

    await move("amend", contact, takes=ContactAmendment(email="neu@kunde.example"))

    await link.refresh_from_db()
    assert link.ended_at is not None
    assert await Link.filter(order_id=case.order.id, ended_at=None, contact_id=contact.id).count() == 1


async def test_a_contact_for_whom_an_offer_waits_is_not_removed_and_it_is_named() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await another_contact(case.customer)

    refusal = await refusal_of(move("remove", await the_first_contact(case.customer.id)))

    assert refusal == ("contact_is_waited_for", (case.order.number,))


async def test_a_contact_for_whom_a_review_waits_is_not_removed() -> None:
    delivery = await a_delivery()
    await another_contact(delivery.around.customer)

    reason, _ = await refusal_of(move("remove", await the_first_contact(delivery.around.customer.id)))

    assert reason == "contact_is_waited_for"


async def test_a_member_does_not_learn_the_numbers_of_others() -> None:
    case, somebody = await an_order(OrderStatus.AWAITING_CUSTOMER), await a_member("Other")
    await working_together(somebody, case.customer)
    await another_contact(case.customer)
    contact = await the_first_contact(case.customer.id)

    assert await refusal_of(move("remove", contact, acting_for_member(somebody))) == ("contact_is_busy", None)


async def test_the_last_contact_stays() -> None:
    contact = await the_first_contact((await a_customer()).id)

    assert (await refusal_of(move("remove", contact)))[0] == "last_contact"


async def test_running_orders_of_a_removed_contact_ask_the_next_one() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    successor = await another_contact(case.customer)

    await move("remove", await the_first_contact(case.customer.id))

    await case.order.refresh_from_db()
    customer = await Customer.get(id=case.customer.id)
    assert case.order.contact_id == customer.default_contact_id == successor.id
    assert (await the_events_of(case.order.id))[-1] == "order.changeContact"


async def test_a_removed_contact_has_no_way_in_any_more() -> None:
    customer = await a_customer()
    secret = await a_session(await a_customer_account(customer))
    await another_contact(customer)
    before, contact = await actor_of_session(secret), await the_first_contact(customer.id)

    await move("remove", contact)

    after = await actor_of_session(secret)
    assert before is not None
    assert after is not None
    assert (before.customer_ids, after.customer_ids) == ((customer.id,), ())
    assert contact.status is ContactState.REMOVED


async def test_the_default_contact_is_one_of_the_customer() -> None:
    customer, other = await a_customer(), await a_customer("Kunde ABC")
    second, stranger = await another_contact(customer), await another_contact(other)
    command = Command(noun="customer", move="chooseDefaultContact", subject_id=customer.id)

    await execute(Command(**vars(command) | {"input": DefaultContact(contact_id=second.id)}), STAFF)

    assert (await Customer.get(id=customer.id)).default_contact_id == second.id
    foreign = execute(Command(**vars(command) | {"input": DefaultContact(contact_id=stranger.id)}), STAFF)
    assert (await refusal_of(foreign))[0] == "contact_unknown"
