"""Erasure of a person: nothing personal is left but what the law keeps, which is named with its date."""

from typing import Any
from uuid import UUID

import pytest
from tortoise import connections

from domain.accounts.authentication.sign_in import sign_in
from domain.accounts.model import Account, AccountStatus, Session
from domain.commands import execute
from domain.engine.commands import Command
from domain.engine.event_log import broken_chains
from domain.engine.model import Event
from domain.kernel.actors import Actor, Role
from domain.kernel.errors import Refused
from domain.orders.model import OrderStatus
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact, ContactState, Customer, CustomerKind, MembershipStatus
from tests.makers.accounts import PASSWORD, a_customer_account, a_member_account, a_session, an_account
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, STAFF, a_customer, a_member, another_contact
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))


async def move(noun: str, name: str, subject_id: UUID, actor: Actor = ADMIN) -> None:
    await execute(Command(noun=noun, move=name, subject_id=subject_id), actor)


async def the_refusal_of(noun: str, subject_id: UUID, actor: Actor = ADMIN) -> str:
    with pytest.raises(Refused) as refused:
        await move(noun, "erase", subject_id, actor)
    return str(refused.value.refusals[0].reason or refused.value.refusals[0].code)


async def kept_in(noun: str, subject_id: UUID) -> Any:
    return (await Event.get(subject_id=subject_id, name=f"{noun}.erase")).body["kept"]


async def test_an_erased_account_is_nobody_and_many_can_be_erased() -> None:
    people = [await an_account(Role.STAFF), await an_account(Role.FINANCE)]
    addresses = [each.email for each in people]
    for account in people:
        await a_session(account)
        await move("account", "deactivate", account.id)
        await move("account", "erase", account.id)

    erased = await Account.filter(status=AccountStatus.ERASED)

    assert {(each.name, each.email, each.password_hash) for each in erased} == {("erased", "", None)}
    assert not await Session.exists()
    assert not await Account.filter(email__in=addresses).exists()
    assert await sign_in(addresses[0], PASSWORD, address="127.0.0.1") is None


async def test_an_account_is_deactivated_before_it_is_erased() -> None:
    assert await the_refusal_of("account", (await an_account(Role.STAFF)).id) == "not_in_this_state"


async def test_the_account_of_a_running_membership_stays() -> None:
    member = await a_member()
    account = await a_member_account(member)
    await move("account", "deactivate", account.id)

    assert await the_refusal_of("account", account.id) == "membership_goes_on"
    member.status = MembershipStatus.ENDED
    await member.save()
    await move("account", "erase", account.id)

    assert {"record": "MEMBERSHIP", "count": 1, "until": "2036-12-31"} in await kept_in("account", account.id)


async def test_only_administrators_erase() -> None:
    account = await an_account(Role.FINANCE)
    await move("account", "deactivate", account.id)

    assert await the_refusal_of("account", account.id, STAFF) == "not_your_move"


async def test_the_contacts_of_an_erased_account_are_erased_with_it() -> None:
    customer = await a_customer()
    account = await a_customer_account(customer)
    await move("account", "deactivate", account.id)

    await move("account", "erase", account.id)

    contact = await Contact.get(customer_id=customer.id)
    assert (contact.status, contact.name, contact.email) == (ContactState.ERASED, "gelöscht", None)


async def test_a_contact_for_whom_an_offer_waits_is_not_erased() -> None:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert (
        await the_refusal_of("contact", (await Contact.get(customer_id=case.customer.id)).id) == "contact_is_waited_for"
    )


async def test_a_contact_among_others_is_removed_first() -> None:
    customer = await a_customer()
    other = await another_contact(customer)

    assert await the_refusal_of("contact", other.id) == "remove_contact_first"
    await move("contact", "remove", other.id)
    await move("contact", "erase", other.id)

    assert (await Contact.get(id=other.id)).email is None


async def test_the_proof_of_a_confirmation_stays_for_six_years_and_the_chain_holds() -> None:
    case = await an_order(OrderStatus.CANCELED)
    contact = await Contact.get(customer_id=case.customer.id)

    await move("contact", "erase", contact.id)

    await case.order.refresh_from_db()
    assert case.order.confirmed_by == "Kim Kontakt"
    assert {"record": "CONFIRMATIONS", "count": 1, "until": "2032-12-31"} in await kept_in("contact", contact.id)
    assert await broken_chains(connections.get("default")) == []
    assert not await OutboxMessage.filter(contact_id=contact.id, state="PENDING").exists()


async def test_with_a_consumers_last_contact_the_customer_is_erased() -> None:
    person, firm = await a_customer(kind=CustomerKind.CONSUMER), await a_customer("Firma")
    for customer in (person, firm):
        await move("contact", "erase", (await Contact.get(customer_id=customer.id)).id)

    erased, kept = await Customer.get(id=person.id), await Customer.get(id=firm.id)

    assert (erased.legal_name, erased.street, erased.invoice_email) == ("gelöscht", "", "")
    assert (kept.legal_name, kept.default_contact_id) == ("Firma", None)


async def test_an_account_whose_contact_has_a_running_order_is_not_erased() -> None:
    case = await an_order(OrderStatus.ACTIVE)
    account = await a_customer_account(case.customer)
    await move("account", "deactivate", account.id)

    assert await the_refusal_of("account", account.id) == "contact_has_running_orders"


async def test_another_contact_is_asked_after_the_account_of_the_default_one_is_erased() -> None:
    customer = await a_customer()
    account = await a_customer_account(customer)
    other = await another_contact(customer)
    await move("account", "deactivate", account.id)

    await move("account", "erase", account.id)

    assert (await Customer.get(id=customer.id)).default_contact_id == other.id
