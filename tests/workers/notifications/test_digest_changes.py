"""Changes between a status and its digest: recipients, preferences and rules change, accounts end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.accounts.model import AccountStatus
from domain.client_status.model import StatusRules
from domain.orders.inputs import OptionalComment, OptionalReason
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, Customer, StatusMails
from domain.status_templates.model import Notification
from settings import Settings
from tests.makers.accounts import a_customer_account
from tests.makers.client_status import IN_PROGRESS, a_client_status, move_client_status
from tests.makers.orders import Case, a_draft, an_order
from tests.makers.parties import STAFF, a_customer, working_together
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from tests.workers.notifications.test_dispatcher import text_of
from workers.notifications.dispatcher import Dispatcher

SATURDAY_18H = berlin(2026, 3, 28, 18)
pytestmark = pytest.mark.frozen_clock(SATURDAY_18H)
# The clocks are put forward in the night between.
SUNDAY_7H = berlin(2026, 3, 29, 7)
DIGEST = replace(IN_PROGRESS, label="On hold", notification=Notification.DAILY_DIGEST)


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


async def a_customer_at(address: str, legal_name: str = "Kunde XYZ") -> Customer:
    customer = await a_customer(legal_name)
    await Contact.filter(customer=customer).update(email=address)
    return customer


async def told_tomorrow(customer: Customer, status: OrderStatus = OrderStatus.ACTIVE, **texts: Any) -> Case:
    """An order whose shown status has changed; its contact hears of it with the next digest."""
    case = await a_client_status(await an_order(status, customer=customer), notification=Notification.NONE, **texts)
    await move_client_status(case, "update", replace(DIGEST, **texts))
    assert (await OutboxMessage.get(subject_id=case.order.id, subject_kind="clientStatus")).digest_at == SUNDAY_7H
    return case


async def sunday(dispatcher: Dispatcher, smtp: Inbox) -> None:
    """The digests of Sunday alone."""
    await dispatcher.send_waiting()
    smtp.empty()
    await the_clock_shows(SUNDAY_7H)
    await dispatcher.send_waiting()


async def fate(case: Case) -> MessageState:
    return (await OutboxMessage.get(subject_id=case.order.id, name="clientStatus.update")).state


async def test_whoever_an_offer_was_taken_from_hears_no_more_of_it(dispatcher: Dispatcher, smtp: Inbox) -> None:
    first, second = await a_customer_at("first@kunde.example"), await a_customer_at("second@kunde.example", "Zweite")
    case = await told_tomorrow(first, OrderStatus.AWAITING_CUSTOMER, name="Website")
    await working_together(case.member, second)
    await case.move("withdraw", case.by_member, OptionalReason())
    contact = await Contact.get(customer=second)
    await case.move("amend", case.by_member, a_draft(customer_id=second.id, contact_id=contact.id))
    await case.move("submit", case.by_member)
    await case.move("approve", STAFF, OptionalComment())

    await sunday(dispatcher, smtp)

    assert smtp.mails_to("first@kunde.example") == []
    assert await fate(case) is MessageState.DROPPED


async def test_what_was_put_away_is_left_out(dispatcher: Dispatcher, smtp: Inbox) -> None:
    customer = await a_customer_at("kim@kunde.example")
    gone, there = await told_tomorrow(customer, name="Website"), await told_tomorrow(customer, name="Poster")
    await gone.move("archive", STAFF)

    await sunday(dispatcher, smtp)

    (mail,) = smtp.mails_to("kim@kunde.example")
    assert "Website" not in mail.as_string()
    assert there.order.number in text_of(mail)


async def test_whoever_has_unsubscribed_gets_no_digest_and_others_do(dispatcher: Dispatcher, smtp: Inbox) -> None:
    tired, keen = await a_customer_at("tired@kunde.example"), await a_customer_at("keen@kunde.example", "Andere")
    cases = [await told_tomorrow(each) for each in (tired, keen)]
    await Contact.filter(customer=tired).update(status_mails=StatusMails.NONE)

    await sunday(dispatcher, smtp)

    assert smtp.mails_to("tired@kunde.example") == []
    assert len(smtp.mails_to("keen@kunde.example")) == 1
    assert [await fate(case) for case in cases] == [MessageState.DROPPED, MessageState.SENT]


async def test_one_account_of_two_customers_gets_a_digest_for_each(dispatcher: Dispatcher, smtp: Inbox) -> None:
    first, second = await a_customer_at("kim@kunde.example"), await a_customer_at("kim@kunde.example", "Zweite")
    account = await a_customer_account(first)
    await Contact.filter(customer=second).update(account_id=account.id)
    for customer, name in ((first, "Website"), (second, "Poster")):
        await told_tomorrow(customer, name=name)

    await sunday(dispatcher, smtp)

    texts = [text_of(mail) for mail in smtp.mails_to("kim@kunde.example")]
    assert sorted(("Website" in text, "Poster" in text) for text in texts) == [(False, True), (True, False)]


async def test_another_digest_hour_holds_for_later_changes(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await told_tomorrow(await a_customer_at("kim@kunde.example"))
    await StatusRules.all().update(digest_hour=18)
    await move_client_status(case, "update", replace(DIGEST, label="In review"))

    waiting = [message.digest_at for message in await OutboxMessage.filter(name="clientStatus.update").order_by("id")]

    assert waiting == [SUNDAY_7H, SUNDAY_7H + timedelta(hours=11)]


async def test_a_line_break_in_a_name_begins_no_header(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await told_tomorrow(await a_customer_at("kim@kunde.example"), name="Website")
    await move_client_status(case, "update", replace(DIGEST, name="Web\u2028Bcc: all@elsewhere.example"))

    await sunday(dispatcher, smtp)

    (mail,) = smtp.mails_to("kim@kunde.example")
    assert mail["Bcc"] is None
    assert "Web Bcc: all@elsewhere.example" in str(mail["Subject"])
    assert smtp.mails_to("all@elsewhere.example") == []


@pytest.mark.parametrize("signs_in", [True, False])
async def test_a_button_leads_to_the_portal_only_for_those_who_can_sign_in(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings, signs_in: bool
) -> None:
    customer = await a_customer_at("kim@kunde.example")
    account = await a_customer_account(customer)
    await told_tomorrow(customer)
    account.status = AccountStatus.ACTIVE if signs_in else AccountStatus.DEACTIVATED
    await account.save()

    await sunday(dispatcher, smtp)

    (mail,) = smtp.mails_to("kim@kunde.example")
    assert (f"{settings.base_url}/\n" in text_of(mail)) is signs_in
