"""Mails about comments: a contact without an account gets a link to read and answer, the same in every mail."""

from email.message import EmailMessage

import pytest
from tortoise import connections

from domain.access.mailed_links import KEY_PURPOSE, read_token
from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.access.reply_links import extend_reply_link
from domain.accounts.model import Account, AccountStatus
from domain.orders.inputs import CommentText, ContactChoice
from domain.orders.model import CommentVisibility, OrderStatus
from domain.parties.model import Contact
from settings import Settings
from tests.makers.accounts import a_customer_account, actor_of_link
from tests.makers.orders import Case, an_order
from tests.makers.time import berlin
from tests.support.inbox import Inbox
from tests.support.links import a_reply_token
from workers.notifications.dispatcher import Dispatcher

pytestmark = [pytest.mark.database, pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))]
CUSTOMER = "kim@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def say(case: Case, text: str, visibility: CommentVisibility = CommentVisibility.CUSTOMER) -> None:
    await case.move("comment", case.by_member, CommentText(text=text, visibility=visibility))


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content()).replace("\r\n", "\n")


def token_in(mail: EmailMessage) -> str:
    address = next((line for line in text_of(mail).splitlines() if "/l/" in line), "")
    return address.rpartition("/l/")[2]


async def test_every_mail_about_a_comment_carries_the_same_link(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await dispatcher.send_waiting()
    smtp.empty()
    await say(case, "Which colour?")
    await dispatcher.send_waiting()
    await say(case, "And which size?")
    await say(case, "Not for you.", CommentVisibility.MEMBER)
    await dispatcher.send_waiting()

    first, second = smtp.mails_to(CUSTOMER)
    link = await Link.get(purpose=LinkPurpose.REPLY)
    assert (link.order_id, link.contact_id) == (case.order.id, case.order.contact_id)
    assert {read_token(token_in(each), settings.key(KEY_PURPOSE)) for each in (first, second)} == {
        (link.id, LinkPurpose.REPLY)
    }
    assert "Which colour?" in text_of(first)


async def test_a_contact_with_an_account_is_led_to_the_order(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    await a_customer_account(case.customer)
    await say(case, "Which colour?")

    await dispatcher.send_waiting()

    assert f"{settings.base_url}/orders/ord_" in text_of(smtp.mails_to(CUSTOMER)[-1])
    assert not await Link.exists(purpose=LinkPurpose.REPLY)


async def test_a_contact_whose_account_was_deactivated_gets_no_link_and_opens_none(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    token = await a_reply_token(case, settings)
    account = await a_customer_account(case.customer)
    await Account.filter(id=account.id).update(status=AccountStatus.DEACTIVATED)
    await say(case, "Which colour?")

    await dispatcher.send_waiting()

    assert token_in(smtp.mails_to(CUSTOMER)[-1]) == ""
    assert await actor_of_link(token, settings.key(KEY_PURPOSE)) is None


async def test_an_expired_link_stays_shut_and_the_next_mail_carries_a_new_one(settings: Settings) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    old = await a_reply_token(case, settings)
    await connections.get("default").execute_query("UPDATE links SET expires_at = clock_timestamp()")

    new = await a_reply_token(case, settings)

    assert await actor_of_link(old, settings.key(KEY_PURPOSE)) is None
    assert await actor_of_link(new, settings.key(KEY_PURPOSE)) is not None


async def test_another_contact_makes_the_link_void_and_the_one_before_gets_no_other(settings: Settings) -> None:
    case = await an_order(OrderStatus.ACTIVE)
    token, before = await a_reply_token(case, settings), case.order.contact_id
    assert before is not None
    other = await Contact.create(customer_id=case.customer.id, name="Another", email="another@kunde.example")

    await case.move("changeContact", case.by_member, ContactChoice(contact_id=other.id))

    assert (await Link.get(purpose=LinkPurpose.REPLY)).end is LinkEnd.CLOSED
    assert await actor_of_link(token, settings.key(KEY_PURPOSE)) is None
    assert await extend_reply_link(before, case.order.id) is None
