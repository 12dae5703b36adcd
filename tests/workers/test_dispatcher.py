"""Sending: letters reach those who may read them, once, and what follows from their arrival happens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from tortoise import connections

from domain.accounts.model import Link
from domain.actions import fire_due_deadlines
from domain.core.actors import Role
from domain.core.links import KEY_PURPOSE, read_token
from domain.core.mailing import claim_letter, claim_letters
from domain.core.model import Letter, LetterState
from domain.deliveries.model import Delivery
from domain.orders.model import CommentVisibility, CustomerAccess, OrderStatus
from domain.orders.takes import CommentText, RequiredComment
from domain.parties.model import Contact, CustomerKind
from settings import Settings
from tests.inbox import Inbox
from tests.makers.accounts import an_account
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.parties import STAFF, a_member_who_signs_in
from tests.makers.records import what_is_due
from tests.makers.time import berlin, the_clock_shows
from workers.dispatcher import Dispatcher

pytestmark = pytest.mark.database

FRIDAY_18H = berlin(2026, 3, 27, 18)
CUSTOMER = "kim@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


@pytest.fixture
def nobody_answers(settings: Settings, pools: None) -> Dispatcher:
    """A dispatcher whose mail server is away."""
    return Dispatcher(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"}))


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    text: str = plain.get_content()
    return text.replace("\r\n", "\n")


async def letters_in(state: LetterState) -> list[str]:
    return [letter.name for letter in await Letter.filter(state=state).order_by("id")]


async def test_the_offer_reaches_the_customer_with_a_link_that_opens_it(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    await dispatcher.deliver_waiting()

    (mail,) = smtp.mails_to(CUSTOMER)
    address = next(line for line in text_of(mail).splitlines() if "/l/" in line)
    named = read_token(address.rpartition("/")[2], settings.key(KEY_PURPOSE))
    link = await Link.get(order_id=case.order.id)
    assert named is not None
    assert named[0] == link.id
    assert "Projekt ABC" in str(mail["Subject"])
    assert "10. Mai 2026" in text_of(mail)
    assert "500,00\N{NO-BREAK SPACE}€" in text_of(mail)


async def test_a_letter_is_sent_once_by_however_many_dispatchers(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=berlin(2035, 1, 1).date())
    letter = await Letter.get(recipient_role=Role.CUSTOMER)

    claims = [await claim_letter(letter.id), await claim_letter(letter.id)]

    assert [claim is not None for claim in claims] == [True, False]
    assert await claim_letters(10) == []


async def test_a_mail_server_that_is_away_puts_letters_off(nobody_answers: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await nobody_answers.deliver_waiting() == 0

    letter = await Letter.get(recipient_role=Role.CUSTOMER)
    assert (letter.state, letter.attempts) == (LetterState.PENDING, 1)
    assert "Connect" in (letter.last_error or "")


async def test_an_offer_that_was_taken_back_is_not_mailed_any_more(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await case.move("withdraw", case.by_member)

    await dispatcher.deliver_waiting()

    assert smtp.mails_to(CUSTOMER) == []
    assert await letters_in(LetterState.DROPPED) == ["order.approve"]


async def test_what_the_reader_may_no_longer_see_is_dropped(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.ACTIVE, customer_access=CustomerAccess.FULL)
    await dispatcher.deliver_waiting()
    smtp.empty()
    comment = CommentText(text="We begin tomorrow.", visibility=CommentVisibility.CUSTOMER)
    await case.move("comment", STAFF, comment)
    await case.move("archive", STAFF)

    await dispatcher.deliver_waiting()

    assert smtp.mails_to(CUSTOMER) == []
    assert "order.comment" in await letters_in(LetterState.DROPPED)


async def test_the_member_reads_what_the_reviewer_wrote(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    member = await a_member_who_signs_in()
    case = await an_order(OrderStatus.IN_REVIEW, member=member)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please add a date.\nAnd <b>a place</b>."))

    await dispatcher.deliver_waiting()

    (mail,) = smtp.mails_to("member")
    assert "Please add a date.\nAnd <b>a place</b>." in text_of(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert "And &lt;b&gt;a place&lt;/b&gt;." in html.get_content()


async def test_a_consumers_review_begins_when_the_mail_was_accepted(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER, at=FRIDAY_18H)
    assert await what_is_due("delivery.autoAccept", case.id) is None

    await dispatcher.deliver_waiting()

    (mail,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Lieferung" in str(mail["Subject"])]
    assert "Zeit dafür haben Sie 3 Tage, gerechnet ab dem Versand dieser E-Mail." in text_of(mail)
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 3, 30, 18)


async def test_a_consumers_review_does_not_begin_without_mail(nobody_answers: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER, at=FRIDAY_18H)
    staff = await an_account(Role.STAFF)

    await nobody_answers.deliver_waiting()
    await the_clock_shows(FRIDAY_18H + timedelta(hours=24))
    await fire_due_deadlines()

    assert (await Delivery.get(id=case.id)).review_ends_at is None
    assert (await Letter.get(name="delivery.unsent")).account_id == staff.id


async def test_an_address_that_cannot_be_one_is_given_up_and_staff_is_told(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    staff = await an_account(Role.STAFF)
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    await Contact.all().update(email="kim at kunde")

    await dispatcher.deliver_waiting()

    assert await letters_in(LetterState.FAILED) == ["order.approve"]
    (mail,) = smtp.mails_to(staff.email)
    assert str(mail["Subject"]).startswith("A message could not be delivered: AF-")
