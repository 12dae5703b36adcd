"""Dispatcher: messages reach the readers who may read them, once, and their consequences happen."""

from datetime import timedelta
from email.message import EmailMessage
from hashlib import sha256

import pytest

from domain.access.mailed_links import KEY_PURPOSE, read_token
from domain.access.model import Link
from domain.accounts.model import OrderAccess
from domain.billing.documents.model import InvoiceDocument
from domain.billing.inputs import Reversal
from domain.billing.model import Invoice, InvoiceStatus
from domain.commands import execute, fire_due_deadlines
from domain.deliveries.inputs import ReviewExtension
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.operator.model import CustomerAccess, OperatorSettings
from domain.orders.inputs import CommentText, RequiredComment
from domain.orders.model import CommentVisibility, OrderStatus
from domain.outbox.claims import claim_message, claim_messages
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact, CustomerKind
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import an_invoice, the_operator
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.deliveries import a_delivery, an_active_order
from tests.makers.orders import an_order
from tests.makers.parties import FINANCE, STAFF, a_member_who_signs_in
from tests.makers.records import what_is_due
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.database

FRIDAY_18H = berlin(2026, 3, 27, 18)
CUSTOMER = "kim@kunde.example"


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


@pytest.fixture
def unreachable_server(settings: Settings, pools: None) -> Dispatcher:
    """A dispatcher whose mail server is away."""
    return Dispatcher(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"}))


def text_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain is not None
    text: str = plain.get_content()
    return text.replace("\r\n", "\n")


async def messages_in(state: MessageState) -> list[str]:
    return [message.name for message in await OutboxMessage.filter(state=state).order_by("id")]


async def test_the_offer_reaches_the_customer_with_a_link_that_opens_it(
    dispatcher: Dispatcher, smtp: Inbox, settings: Settings
) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)

    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(CUSTOMER)
    address = next(line for line in text_of(mail).splitlines() if "/l/" in line)
    named = read_token(address.rpartition("/")[2], settings.key(KEY_PURPOSE))
    link = await Link.get(order_id=case.order.id)
    assert named is not None
    assert named[0] == link.id
    assert "Projekt ABC" in str(mail["Subject"])
    assert "10. Mai 2026" in text_of(mail)
    assert "500,00\N{NO-BREAK SPACE}€" in text_of(mail)


async def test_a_message_is_sent_once_by_however_many_dispatchers(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=berlin(2035, 1, 1).date())
    message = await OutboxMessage.get(recipient_role=Role.CUSTOMER)

    claims = [await claim_message(message.id), await claim_message(message.id)]

    assert [claim is not None for claim in claims] == [True, False]
    assert await claim_messages(10) == []


async def test_a_mail_server_that_is_away_puts_messages_off(unreachable_server: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await unreachable_server.send_waiting() == 0

    message = await OutboxMessage.get(recipient_role=Role.CUSTOMER)
    assert (message.state, message.attempts) == (MessageState.PENDING, 1)
    assert "Connect" in (message.last_error or "")


async def test_an_offer_that_was_taken_back_is_not_mailed_any_more(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await case.move("withdraw", case.by_member)

    await dispatcher.send_waiting()

    assert smtp.mails_to(CUSTOMER) == []
    assert await messages_in(MessageState.DROPPED) == ["order.approve"]


async def test_a_mail_whose_every_sentence_is_overtaken_is_dropped(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery(at=FRIDAY_18H)
    await case.move("extendReview", ReviewExtension(until=berlin(2026, 4, 1, 18)))
    await case.move("accept")

    await dispatcher.send_waiting()

    assert "delivery.extendReview" in await messages_in(MessageState.DROPPED)
    assert await messages_in(MessageState.PENDING) == []


async def test_what_the_reader_may_no_longer_see_is_dropped(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    case = await an_order(OrderStatus.ACTIVE, customer_access=CustomerAccess.FULL)
    await dispatcher.send_waiting()
    smtp.empty()
    comment = CommentText(text="We begin tomorrow.", visibility=CommentVisibility.CUSTOMER)
    await case.move("comment", STAFF, comment)
    await case.move("archive", STAFF)

    await dispatcher.send_waiting()

    assert smtp.mails_to(CUSTOMER) == []
    assert "order.comment" in await messages_in(MessageState.DROPPED)


async def test_the_member_reads_what_the_reviewer_wrote(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    member = await a_member_who_signs_in()
    case = await an_order(OrderStatus.IN_REVIEW, member=member)
    await case.move("sendBack", STAFF, RequiredComment(comment="Please add a date.\nAnd <b>a place</b>."))

    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to("member")
    assert "Please add a date.\nAnd <b>a place</b>." in text_of(mail)
    html = mail.get_body(("html",))
    assert html is not None
    assert "And &lt;b&gt;a place&lt;/b&gt;." in html.get_content()


async def test_a_consumers_review_begins_when_the_mail_was_accepted(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER, at=FRIDAY_18H)
    assert await what_is_due("delivery.autoAccept", case.id) is None

    await dispatcher.send_waiting()

    (mail,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Lieferung" in str(mail["Subject"])]
    assert "Zeit dafür haben Sie 3 Tage, gerechnet ab dem Versand dieser E-Mail." in text_of(mail)
    assert await what_is_due("delivery.autoAccept", case.id) == berlin(2026, 3, 30, 18)


async def test_a_consumers_review_does_not_begin_without_mail(unreachable_server: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER, at=FRIDAY_18H)
    staff = await an_account(Role.STAFF)

    await unreachable_server.send_waiting()
    await the_clock_shows(FRIDAY_18H + timedelta(hours=24))
    await fire_due_deadlines()

    assert (await Delivery.get(id=case.id)).review_ends_at is None
    assert (await OutboxMessage.get(name="delivery.unsent")).account_id == staff.id


async def test_an_address_that_cannot_be_one_is_given_up_and_staff_is_told(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    staff = await an_account(Role.STAFF)
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    await Contact.all().update(email="kim at kunde")

    await dispatcher.send_waiting()

    assert await messages_in(MessageState.FAILED) == ["order.approve"]
    (mail,) = smtp.mails_to(staff.email)
    assert str(mail["Subject"]).startswith("A message could not be delivered: AF-")


async def test_a_client_status_is_announced_while_it_is_shown(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    shown, hidden = await a_client_status(name="Website"), await a_client_status(name="Secret")
    await move_client_status(hidden, "hide")

    await dispatcher.send_waiting()

    (told,) = [mail for mail in smtp.mails_to(CUSTOMER) if "Stand" in str(mail["Subject"])]
    assert str(told["Subject"]) == "Neuer Stand: Website"
    assert shown.order.number in text_of(told)
    assert "clientStatus.show" in await messages_in(MessageState.DROPPED)


async def test_every_kind_of_reader_can_be_written_to(dispatcher: Dispatcher, smtp: Inbox) -> None:
    """Orders and deliveries on all their ways; a message that could not be rendered would wait in the outbox."""
    for role in (Role.STAFF, Role.FINANCE, Role.ADMIN):
        await an_account(role)
    await an_account(Role.STAFF, order_access=OrderAccess.ASSIGNED)
    member = await a_member_who_signs_in()
    for status in (OrderStatus.REJECTED, OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER, OrderStatus.CANCELED):
        await the_clock_shows(FRIDAY_18H)
        await an_order(status, member=member)
    for reached in (DeliveryStatus.DELIVERED, DeliveryStatus.REVISION_REQUESTED, DeliveryStatus.ACCEPTED):
        await a_delivery(reached, at=FRIDAY_18H)
    for days in range(8):
        await the_clock_shows(FRIDAY_18H + timedelta(days=7 * days))
        await fire_due_deadlines()
        await dispatcher.send_waiting()

    waiting = [(message.name, message.last_error) for message in await OutboxMessage.filter(state=MessageState.PENDING)]
    assert waiting == []
    assert await messages_in(MessageState.FAILED) == []
    assert {"order.expire", "delivery.autoAccept", "order.review"} <= set(await messages_in(MessageState.SENT))


async def test_an_issued_invoice_is_mailed_with_all_its_facts_and_posted(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    await an_operator_who_can_issue()
    member = await a_member_who_signs_in()
    case = await an_order(OrderStatus.ACTIVE, member=member)
    for instant in (berlin(2026, 5, 3), berlin(2026, 5, 10, 8)):
        await the_clock_shows(instant)
        await fire_due_deadlines()
        await dispatcher.send_waiting()
        await fire_due_deadlines()

    (mail,) = smtp.mails_to("rechnung@kunde.example")
    invoice = await Invoice.get(order_id=case.order.id)
    assert invoice.status is InvoiceStatus.POSTED
    assert str(mail["Subject"]) == f"Rechnung {invoice.number} über 595,00\N{NO-BREAK SPACE}€"
    for fact in ("10. Mai 2026", "24. Mai 2026", "19 % auf 500,00", "95,00", "Musterweg 1", "DE123456789", "DE02 1203"):
        assert fact in text_of(mail)
    (draft,) = [mail for mail in smtp.mails_to("member") if "prüfen" in str(mail["Subject"])]
    assert "wird am Sonntag, 10. Mai 2026, 08:00 Uhr MESZ ausgestellt" in text_of(draft)


async def test_the_mail_of_an_invoice_carries_its_stored_document(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    await the_operator()
    billed = await an_invoice(InvoiceStatus.PRINTED)
    stored = await InvoiceDocument.get(invoice_id=billed.invoice.id)

    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to("rechnung@kunde.example")
    (attached,) = mail.iter_attachments()
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert attached.get_filename() == f"{billed.invoice.number}.pdf"
    assert sha256(content).hexdigest() == stored.sha256


async def an_operator_who_can_issue() -> None:
    await OperatorSettings.all().update(
        name_de="Werkstand",
        name_en="Werkstand",
        street="Hof 3",
        postcode="10115",
        city="Berlin",
        email="hallo@werkstand.example",
        vat_id="DE123456789",
        iban="DE02120300000000202051",
        bank_name="Musterbank",
    )


async def test_a_reversed_invoice_is_followed_by_its_cancellation_invoice(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_clock_shows(FRIDAY_18H)
    await an_operator_who_can_issue()
    case = await an_order(OrderStatus.ACTIVE)
    for instant in (berlin(2026, 5, 3), berlin(2026, 5, 10, 8)):
        await the_clock_shows(instant)
        await fire_due_deadlines()
    invoice = await Invoice.get(order_id=case.order.id)
    await execute(
        Command(noun="invoice", move="reverse", subject_id=invoice.id, input=Reversal(reason="Typo")), FINANCE
    )

    await dispatcher.send_waiting()
    await fire_due_deadlines()

    reversal = await Invoice.get(reverses_id=invoice.id)
    mails = {str(mail["Subject"]): mail for mail in smtp.mails_to("rechnung@kunde.example")}
    mail = mails[f"Stornorechnung {reversal.number} zur Rechnung {invoice.number}"]
    assert "-595,00" in text_of(mail)
    assert "Zahlbar bis" not in text_of(mail)
    assert "DE02 1203 0000 0000 2020 51" in text_of(next(each for name, each in mails.items() if each is not mail))
    assert reversal.status is InvoiceStatus.POSTED


async def test_the_mail_about_a_draft_invoice_names_order_and_project(dispatcher: Dispatcher, smtp: Inbox) -> None:
    await the_operator()
    await an_invoice(case=await an_active_order())

    await dispatcher.send_waiting()

    (text,) = [
        text_of(mail) for mail in smtp.mails if "raft" in str(mail["Subject"]) or "ntwurf" in str(mail["Subject"])
    ]
    assert "Projekt ABC" in text


@pytest.mark.parametrize("move", ["hold", "cancel", "print"])
async def test_a_mail_about_a_draft_that_is_none_any_more_is_not_sent(dispatcher: Dispatcher, move: str) -> None:
    await the_operator()
    billed = await an_invoice(case=await an_active_order())
    await billed.move(move)

    await dispatcher.send_waiting()

    assert (await OutboxMessage.get(name="invoice.compose")).state is MessageState.DROPPED


async def test_who_accepts_a_delivery_gets_a_record_of_it(dispatcher: Dispatcher, smtp: Inbox) -> None:
    case = await a_delivery()
    await dispatcher.send_waiting()
    smtp.empty()

    await case.move("accept")
    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to(CUSTOMER)
    assert "The workshop's slides." in text_of(mail)
