"""Status links: a contact without an account reads how their work is getting on, and nothing else."""

from email.message import EmailMessage
from uuid import UUID

import pytest
from tortoise import connections

from domain.access.mailed_links import KEY_PURPOSE, read_token
from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.access.status_links import end_status_link, extend_status_link
from domain.accounts.authentication.credentials import authenticate_link
from domain.accounts.model import Account, AccountStatus
from domain.commands import execute
from domain.database.pending_writes import writing
from domain.engine.commands import Command
from domain.kernel.actors import CLOCK, ActorKind
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from settings import Settings
from tests.makers.accounts import a_customer_account, actor_of_link
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import acting_for_customer
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from tests.support.links import a_status_token
from workers.notifications.dispatcher import Dispatcher

pytestmark = [pytest.mark.database, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
CUSTOMER = "kim@kunde.example"
EXPIRE = "UPDATE links SET expires_at = clock_timestamp() WHERE purpose = 'STATUS'"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def test_every_status_mail_carries_the_same_link_and_extends_it(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await a_client_status(await an_order(OrderStatus.ACTIVE))
    await dispatcher.send_waiting()
    first = await Link.get(purpose=LinkPurpose.STATUS)
    await move_client_status(case, "hide")
    await a_client_status(case, label="Nearly done")
    await dispatcher.send_waiting()

    link = await Link.get(purpose=LinkPurpose.STATUS)
    tokens = {token_in(mail) for mail in smtp.mails_to(CUSTOMER) if "/l/" in text_of(mail) and "Stand" in text_of(mail)}
    assert (link.id, link.order_id) == (first.id, None)
    assert link.expires_at > first.expires_at
    assert {read_token(each, settings.key(KEY_PURPOSE)) for each in tokens} >= {(link.id, LinkPurpose.STATUS)}


async def test_a_contact_with_an_account_is_led_to_the_portal(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await a_customer_account(case.customer)
    smtp.empty()
    await a_client_status(case)

    await dispatcher.send_waiting()

    assert f"{settings.base_url}/\n" in text_of(smtp.mails_to(CUSTOMER)[-1])
    assert not await Link.exists(purpose=LinkPurpose.STATUS)


async def test_a_contact_whose_account_was_deactivated_gets_no_link_and_opens_none(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    token = await a_status_token(case, settings)
    account = await a_customer_account(case.customer)
    await Account.filter(id=account.id).update(status=AccountStatus.DEACTIVATED)
    await a_client_status(case)

    await dispatcher.send_waiting()

    assert token_in(smtp.mails_to(CUSTOMER)[-1]) == ""
    assert await authenticate_link(token, settings.key(KEY_PURPOSE)) is None


async def test_a_status_link_reads_what_its_customer_sees(settings: Settings) -> None:
    case = await an_order(OrderStatus.ACTIVE)

    actor = await actor_of_link(await a_status_token(case, settings), settings.key(KEY_PURPOSE))

    assert actor is not None
    assert actor.kind is ActorKind.STATUS_LINK
    assert actor.customer_ids == acting_for_customer(case.customer).customer_ids
    assert (actor.order_id, actor.account_id) == (None, None)


async def test_an_expired_link_never_opens_again_and_the_next_mail_carries_a_new_one(settings: Settings) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    old = await a_status_token(case, settings)
    await connections.get("default").execute_query(EXPIRE)

    new = await a_status_token(case, settings)

    assert old != new
    assert await the_end_of(old, settings) is LinkEnd.SUPERSEDED
    assert await actor_of_link(old, settings.key(KEY_PURPOSE)) is None
    assert await actor_of_link(new, settings.key(KEY_PURPOSE)) is not None


async def test_a_removed_contact_has_no_link_any_more(settings: Settings) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    token = await a_status_token(case, settings)
    contact = await the_contact(case)

    async with writing() as writes:
        end_status_link(writes, contact, LinkEnd.CONTACT_REMOVED)

    assert await the_end_of(token, settings) is LinkEnd.CONTACT_REMOVED
    assert await extend_status_link(contact) is None


async def test_a_new_link_is_mailed_to_the_address_on_file(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await dispatcher.send_waiting()
    smtp.empty()

    await execute(Command(noun="contact", move="sendStatusLink", subject_id=await the_contact(case)), CLOCK)
    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(CUSTOMER)
    assert str(mail["Subject"]) == "Ihr Link zum Stand Ihrer Aufträge"
    assert await actor_of_link(token_in(mail), settings.key(KEY_PURPOSE)) is not None


async def the_contact(case: Case) -> UUID:
    return (await Contact.get(customer_id=case.customer.id)).id


async def the_end_of(token: str, settings: Settings) -> LinkEnd | None:
    state = await authenticate_link(token, settings.key(KEY_PURPOSE))
    assert state is not None
    return state.end


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content()).replace("\r\n", "\n")


def token_in(mail: EmailMessage) -> str:
    """The token of the mailed link in a mail; empty without one."""
    address = next((line for line in text_of(mail).splitlines() if "/l/" in line), "")
    return address.rpartition("/l/")[2]
