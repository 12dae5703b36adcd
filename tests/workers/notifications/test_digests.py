"""Digests: one mail a day that names each order once, as it stands when the mail is sent."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from domain.accounts.model import OrderAccess
from domain.client_status.notices.staleness import MESSAGE_NAME
from domain.commands import notify_stale_statuses
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.orders.inputs import Assignees
from domain.orders.model import OrderStatus
from domain.outbox import claims
from domain.outbox.digests import claim_digests
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, Customer, StatusMails
from domain.status_templates.model import Notification
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF, a_customer
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from tests.workers.notifications.test_dispatcher import text_of
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.database

FRIDAY_18H = berlin(2026, 3, 27, 18)
SATURDAY_7H = berlin(2026, 3, 28, 7)
FORTNIGHT_LATER = berlin(2026, 4, 11, 7)
CUSTOMER = "kim@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


@pytest.fixture
async def customer(database: str) -> Customer:
    await the_clock_shows(FRIDAY_18H)
    return await a_customer()


async def work_for(customer: Customer, dispatcher: Dispatcher, smtp: Inbox, *names: str) -> Sequence[Case]:
    """Active orders with a shown status each, of which the customer has heard at once."""
    cases = [await a_client_status(await an_order(OrderStatus.ACTIVE, customer=customer), name=each) for each in names]
    await dispatcher.send_waiting()
    smtp.empty()
    return cases


async def tell(case: Case, label: str, notification: Notification | None = Notification.DAILY_DIGEST) -> None:
    await move_client_status(case, "update", replace(IN_PROGRESS, label=label, notification=notification))


async def states() -> list[MessageState]:
    return [message.state for message in await OutboxMessage.filter(digest_at__isnull=False).order_by("id")]


async def test_three_changes_of_two_orders_are_one_mail_that_names_each_once(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case, label in ((website, "On hold"), (poster, "Planned"), (website, "In review")):
        await tell(case, label)

    assert await dispatcher.send_waiting() == 0
    await the_clock_shows(SATURDAY_7H)
    assert await dispatcher.send_waiting() == 1

    (mail,) = smtp.mails_to(CUSTOMER)
    text = text_of(mail)
    assert [text.count(f"\n{name}:\n") for name in ("Website", "Poster")] == [1, 1]
    assert ("In review" in text, "On hold" in text) == (True, False)
    assert website.order.number in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert await states() == [MessageState.SENT] * 3


async def test_a_digest_is_not_claimed_before_its_hour_nor_message_by_message(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    (website,) = await work_for(customer, dispatcher, smtp, "Website")
    await tell(website, "On hold")
    message = await OutboxMessage.get(digest_at__isnull=False)
    assert message.digest_at == SATURDAY_7H

    await the_clock_shows(SATURDAY_7H - timedelta(seconds=1))

    assert await claims.claim_message(message.id) is None
    assert await claims.claim_messages(10) == []
    assert await claim_digests(10) == []


@pytest.mark.parametrize(
    ("notification", "chosen", "at_once", "in_digest"),
    [
        (None, StatusMails.AT_ONCE, 1, 0),
        (Notification.AT_ONCE, StatusMails.DAILY, 0, 1),
        (Notification.DAILY_DIGEST, StatusMails.AT_ONCE, 0, 1),
        (Notification.NONE, StatusMails.AT_ONCE, 0, 0),
        (Notification.AT_ONCE, StatusMails.NONE, 0, 0),
    ],
)
async def test_the_change_and_the_contact_decide_when_is_written(
    notification: Notification | None,
    chosen: StatusMails,
    at_once: int,
    in_digest: int,
    dispatcher: Dispatcher,
    smtp: Inbox,
    customer: Customer,
) -> None:
    (website,) = await work_for(customer, dispatcher, smtp, "Website")
    await Contact.all().update(status_mails=chosen)
    await tell(website, "On hold", notification)

    assert await dispatcher.send_waiting() == at_once
    await the_clock_shows(SATURDAY_7H)
    assert await dispatcher.send_waiting() == in_digest


async def test_what_was_hidden_meanwhile_is_left_out(dispatcher: Dispatcher, smtp: Inbox, customer: Customer) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case in (website, poster):
        await tell(case, "On hold")
    await move_client_status(website, "hide")

    await the_clock_shows(SATURDAY_7H)
    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(CUSTOMER)
    assert "Poster" in text_of(mail)
    assert "Website" not in mail.as_string()
    assert await states() == [MessageState.SENT] * 2


async def test_nothing_is_mailed_when_all_was_hidden(dispatcher: Dispatcher, smtp: Inbox, customer: Customer) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case in (website, poster):
        await tell(case, "On hold")
        await move_client_status(case, "hide")

    await the_clock_shows(SATURDAY_7H)
    await dispatcher.send_waiting()

    assert smtp.mails_to(CUSTOMER) == []
    assert await states() == [MessageState.DROPPED] * 2


async def test_a_digest_may_speak_of_more_than_one_page_of_orders(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    await tell(website, "On hold")
    for _ in range(120):
        await a_message_about(new_id(), customer)
    await a_message_about(poster.order.id, customer)

    await the_clock_shows(SATURDAY_7H)
    assert await dispatcher.send_waiting() == 1

    (mail,) = smtp.mails_to(CUSTOMER)
    assert {"Website", "Poster"} <= set(str(mail["Subject"]).replace(":", "").split())


async def a_message_about(order_id: UUID, customer: Customer) -> None:
    """A message that waits for the digest; its order need not be there any more."""
    await OutboxMessage.create(
        name="clientStatus.update",
        recipient_role=Role.CUSTOMER,
        contact_id=(await Contact.get(customer_id=customer.id)).id,
        subject_kind="clientStatus",
        subject_id=order_id,
        order_id=order_id,
        next_attempt_at=datetime(2026, 1, 1, tzinfo=UTC),
        created_at=FRIDAY_18H,
        digest_at=SATURDAY_7H,
    )


async def test_a_digest_that_was_sent_but_not_noted_comes_again_under_the_same_id(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case in (website, poster):
        await tell(case, "On hold")
    await the_clock_shows(SATURDAY_7H)
    await dispatcher.send_waiting()
    # This is what a dispatcher leaves behind that is killed before it notes what the mail server accepted.
    await OutboxMessage.filter(digest_at=SATURDAY_7H).update(state=MessageState.PENDING, sent_at=None)
    await tell(poster, "In review")

    assert await dispatcher.send_waiting() == 0
    await OutboxMessage.filter(digest_at=SATURDAY_7H).update(next_attempt_at=datetime(2026, 1, 1, tzinfo=UTC))
    await the_clock_shows(SATURDAY_7H + timedelta(days=1))
    assert await dispatcher.send_waiting() == 2

    first, *later = smtp.mails_to(CUSTOMER)
    again = [mail for mail in later if mail["Message-ID"] == first["Message-ID"]]
    assert (len(later), len(again)) == (2, 1)
    assert all("Website" in text_of(mail) for mail in (first, *again))
    assert await states() == [MessageState.SENT] * 3


async def test_two_dispatchers_never_share_a_digest(dispatcher: Dispatcher, smtp: Inbox, customer: Customer) -> None:
    cases = await work_for(customer, dispatcher, smtp, "Website", "Poster", "Flyer")
    for case in cases:
        await tell(case, "On hold")
    await the_clock_shows(SATURDAY_7H)

    claimed = await asyncio.gather(*(claim_digests(10) for _ in range(6)))

    (envelope,) = [each for claims in claimed for each in claims]
    assert len(envelope.messages) == 3


async def test_a_mail_server_that_is_away_puts_off_the_whole_digest(
    settings: Settings, dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case in (website, poster):
        await tell(case, "On hold")
    await the_clock_shows(SATURDAY_7H)

    assert await Dispatcher(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})).send_waiting() == 0

    messages = await OutboxMessage.filter(digest_at=SATURDAY_7H)
    assert {(message.state, message.attempts) for message in messages} == {(MessageState.PENDING, 1)}
    assert all("Connect" in (message.last_error or "") for message in messages)


async def test_a_digest_to_an_impossible_address_is_given_up_with_one_alarm(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    staff = await an_account(Role.STAFF)
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    for case in (website, poster):
        await tell(case, "On hold")
    await Contact.all().update(email="kim at kunde")
    await the_clock_shows(SATURDAY_7H)

    await dispatcher.send_waiting()

    assert await states() == [MessageState.FAILED] * 2
    alarms = [mail for mail in smtp.mails_to(staff.email) if "could not be delivered" in str(mail["Subject"])]
    assert len(alarms) == 1


def numbers_in(mail: EmailMessage, cases: Sequence[Case]) -> list[str]:
    """Those of these orders that a mail names."""
    return [case.order.number for case in cases if case.order.number in text_of(mail)]


async def test_staff_reads_which_statuses_have_not_changed_for_long(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    everything = await an_account(Role.STAFF)
    assigned = await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    website, poster, flyer = await work_for(customer, dispatcher, smtp, "Website", "Poster", "Flyer")
    for case in (website, poster):
        await case.move("assign", STAFF, Assignees(account_ids=(assigned.id,)))
    await the_clock_shows(FORTNIGHT_LATER)
    assert await notify_stale_statuses() == 2
    await tell(poster, "In review", Notification.NONE)

    assert await dispatcher.send_waiting() == 2

    for account, named in ((everything, [website, flyer]), (assigned, [website])):
        (mail,) = smtp.mails_to(account.email)
        assert numbers_in(mail, [website, poster, flyer]) == [case.order.number for case in named]
        assert website.order.number in str(mail["Subject"])
        assert "14 days" in text_of(mail)
        assert mail["List-Unsubscribe"] is None


async def test_late_mails_of_stale_statuses_each_name_what_they_were_written_for(
    settings: Settings, dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    await an_account(Role.STAFF)
    website, poster, flyer = await work_for(customer, dispatcher, smtp, "Website", "Poster", "Flyer")
    await the_clock_shows(SATURDAY_7H + timedelta(hours=5))
    await tell(flyer, "On hold", Notification.NONE)
    await the_clock_shows(FORTNIGHT_LATER)
    await notify_stale_statuses()
    await Dispatcher(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})).send_waiting()
    await tell(poster, "In review", Notification.NONE)
    await the_clock_shows(FORTNIGHT_LATER + timedelta(days=1))
    await notify_stale_statuses()
    await OutboxMessage.filter(name=MESSAGE_NAME).update(next_attempt_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert await dispatcher.send_waiting() == 2

    named = [numbers_in(mail, [website, poster, flyer]) for mail in smtp.mails]
    assert sorted(named) == sorted([[website.order.number], [flyer.order.number]])


async def test_no_mail_is_sent_of_statuses_that_have_all_changed_meanwhile(
    dispatcher: Dispatcher, smtp: Inbox, customer: Customer
) -> None:
    await an_account(Role.STAFF)
    website, poster = await work_for(customer, dispatcher, smtp, "Website", "Poster")
    await the_clock_shows(FORTNIGHT_LATER)
    await notify_stale_statuses()
    await tell(website, "In review", Notification.NONE)
    await move_client_status(poster, "hide")

    assert await dispatcher.send_waiting() == 0
    assert [message.state for message in await OutboxMessage.filter(name=MESSAGE_NAME)] == [MessageState.DROPPED]
