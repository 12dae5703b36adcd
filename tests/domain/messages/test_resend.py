"""A mail is sent again, to the address on file, unless what it asks for is answered."""

from typing import Any

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.kernel.errors import Refused
from domain.kernel.ids import external
from domain.orders.inputs import Confirmation
from domain.orders.model import OrderStatus
from domain.outbox.model import MessageState, OutboxMessage
from domain.parties.model import Contact
from settings import Settings
from tests.makers.orders import Case, an_order
from tests.makers.parties import ADMIN, FINANCE, LIMITED_STAFF, STAFF
from tests.makers.records import the_events_of
from tests.makers.time import berlin
from tests.support.fixtures import in_operations as in_operations
from tests.support.graphql.schema_client import SchemaClient
from tests.support.inbox import Inbox
from workers.notifications.dispatcher import Dispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

MAILS = """query($id: ID!) { order(id: $id) { messages {
    label recipientName recipientEmail state isRepeat openActions { mutation allowed } } } }"""


async def a_sent_offer(dispatcher: Dispatcher) -> tuple[Case, OutboxMessage]:
    case = await an_order(OrderStatus.AWAITING_CUSTOMER)
    await dispatcher.send_waiting()
    return case, await OutboxMessage.get(name="order.approve", recipient_role="CUSTOMER")


async def resend(message: OutboxMessage, actor: Actor = STAFF) -> OutboxMessage:
    outcome = await execute(Command(noun="message", move="resend", subject_id=message.id), actor)
    return await OutboxMessage.get(id=outcome.subject_id)


async def reason_of(refused_move: Any) -> str:
    with pytest.raises(Refused) as refused:
        await refused_move
    return refused.value.refusals[0].reason


@pytest.fixture
def dispatcher(settings: Settings, smtp: Inbox, pools: None) -> Dispatcher:
    return Dispatcher(settings)


@pytest.mark.parametrize("actor", [STAFF, ADMIN])
async def test_the_same_mail_reaches_the_address_on_file_now(dispatcher: Dispatcher, smtp: Inbox, actor: Actor) -> None:
    case, sent = await a_sent_offer(dispatcher)
    await Contact.filter(customer=case.customer).update(email="neu@kunde.example")

    repeat = await resend(sent, actor)
    await dispatcher.send_waiting()

    (mail,) = smtp.mails_to("neu@kunde.example")
    assert "Projekt ABC" in str(mail["Subject"])
    assert (repeat.resent_from_id, repeat.link_id) == (sent.id, sent.link_id)


async def test_a_waiting_mail_is_not_sent_twice(dispatcher: Dispatcher) -> None:
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    assert await reason_of(resend(await OutboxMessage.get(name="order.approve"))) == "not_in_this_state"


async def test_an_undeliverable_mail_is_sent_again(dispatcher: Dispatcher) -> None:
    _, message = await a_sent_offer(dispatcher)
    await OutboxMessage.filter(id=message.id).update(state=MessageState.FAILED)

    assert (await resend(message)).state is MessageState.PENDING


async def test_an_answered_offer_is_not_sent_again(dispatcher: Dispatcher) -> None:
    case, message = await a_sent_offer(dispatcher)
    await case.move("confirm", case.by_customer, Confirmation(name="Kim", revision=1))

    assert await reason_of(resend(message)) == "message_is_answered"


@pytest.mark.parametrize("actor", [FINANCE, LIMITED_STAFF])
async def test_others_neither_see_nor_send_it(
    dispatcher: Dispatcher, in_operations: SchemaClient, actor: Actor
) -> None:
    case, message = await a_sent_offer(dispatcher)

    assert await reason_of(resend(message, actor)) == "not_found"
    answer = await in_operations.ask(MAILS, actor, id=external("ord", case.order.id))
    assert (answer["order"] or {}).get("messages", []) == []


async def test_the_order_lists_its_mails_with_recipient_and_state(
    dispatcher: Dispatcher, in_operations: SchemaClient
) -> None:
    case, message = await a_sent_offer(dispatcher)
    again = await resend(message)

    answer = await in_operations.ask(MAILS, STAFF, id=external("ord", case.order.id))

    repeat, first = answer["order"]["messages"]
    assert (first["label"], first["recipientName"], first["recipientEmail"]) == (
        "Approved",
        "Kim Kontakt",
        "kim@kunde.example",
    )
    assert (first["state"], repeat["state"], repeat["isRepeat"]) == ("SENT", "PENDING", True)
    assert first["openActions"] == [{"mutation": "messageResend", "allowed": True}]
    assert await the_events_of(again.id) == ["message.resend"]
