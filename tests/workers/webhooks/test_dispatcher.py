"""Webhooks reach their receiver signed, in order, at least once and under the same id."""

import asyncio

import pytest

import settings as settings_module
from domain.kernel.actors import Role
from domain.kernel.ids import external
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility, OrderStatus
from domain.webhooks.claims import MAX_ATTEMPTS, RETRY_DELAYS, claim_webhooks
from domain.webhooks.model import WebhookAttempt, WebhookEndpoint, WebhookMessage, WebhookMessageState, WebhookState
from domain.webhooks.secrets import KEY_PURPOSE, secret
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin
from tests.makers.webhooks import a_webhook_endpoint, days_pass, move_endpoint, the_pause_is_over
from tests.support.inbox import Inbox
from tests.support.polling import PATIENCE_SECONDS, it_happens
from tests.support.webhook_receiver import OK, Received, Receiver
from workers.notifications.dispatcher import Dispatcher
from workers.webhooks.dispatcher import WebhookDispatcher

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

COMMENT = CommentText(text="A secret word.", visibility=CommentVisibility.INTERNAL)


def secret_of(endpoint: WebhookEndpoint) -> str:
    return secret(endpoint.id, endpoint.secret_number, settings_module.load().key(KEY_PURPOSE))


async def test_a_receiver_verifies_what_it_gets_with_the_library(
    webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    endpoint = await a_webhook_endpoint(receiver.url, "order.comment")
    case = await an_order(OrderStatus.ACTIVE)
    await case.move("comment", STAFF, COMMENT)

    await webhooks.send_waiting()

    (request,) = receiver.received
    assert request.is_signed_with(secret_of(endpoint))
    assert request.content["type"] == "order.comment"
    assert request.content["data"]["order"] == external("ord", case.order.id)
    assert "secret" not in request.body


async def test_both_secrets_sign_while_one_replaces_the_other(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    before = await a_webhook_endpoint(receiver.url)
    after = await move_endpoint(before, "rotateSecret")
    await move_endpoint(after, "sendTest")

    await webhooks.send_waiting()

    (request,) = receiver.received
    assert secret_of(before) != secret_of(after)
    assert request.is_signed_with(secret_of(before))
    assert request.is_signed_with(secret_of(after))


async def test_events_of_an_order_arrive_in_their_order(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit", "order.approve", "order.confirm")
    await an_order(OrderStatus.ACTIVE)

    await webhooks.send_waiting()

    assert receiver.types == ["order.submit", "order.approve", "order.confirm"]
    numbers = [request.content["data"]["sequence"] for request in receiver.received]
    assert numbers == sorted(set(numbers))


async def test_a_later_event_waits_for_an_earlier_one_of_its_order_only(
    webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit", "order.approve")
    refused, taken = await an_order(OrderStatus.AWAITING_CUSTOMER), await an_order(OrderStatus.AWAITING_CUSTOMER)

    def answer(request: Received) -> bytes:
        return b"HTTP/1.1 500 No\r\n\r\n" if external("ord", refused.order.id) in request.body else OK

    receiver.answer = answer
    await webhooks.send_waiting()
    assert sorted(receiver.types) == ["order.approve", "order.submit", "order.submit"]

    receiver.answers(200)
    await the_pause_is_over()
    await webhooks.send_waiting()
    assert receiver.types[-2:] == ["order.submit", "order.approve"]
    assert not await WebhookMessage.filter(state=WebhookMessageState.PENDING).exists()
    assert taken.order.id != refused.order.id


async def test_what_fails_is_tried_ten_times_over_three_days_under_one_id(
    webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.answers(503, text="later")

    for _ in range(MAX_ATTEMPTS + 1):
        await webhooks.send_waiting()
        await the_pause_is_over()

    assert len(receiver.received) == MAX_ATTEMPTS == 10
    assert len({request.headers["webhook-id"] for request in receiver.received}) == 1
    assert (await WebhookMessage.get()).state is WebhookMessageState.FAILED
    assert 3 < sum(delay.total_seconds() for delay in RETRY_DELAYS) / 86_400 < 3.5
    attempt = await WebhookAttempt.first()
    assert attempt is not None
    assert (attempt.status, attempt.answer, attempt.succeeded) == (503, "later", False)


async def test_a_failed_attempt_is_repeated_after_a_pause(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.answers(500)

    await webhooks.send_waiting()
    await webhooks.send_waiting()

    assert len(receiver.received) == 1
    message = await WebhookMessage.get()
    assert (message.state, message.attempts) == (WebhookMessageState.PENDING, 1)


async def test_what_a_killed_process_was_sending_is_sent_again_under_its_id(
    settings: Settings, webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.hangs()
    await webhooks.start_waiting()
    await asyncio.wait_for(receiver.arrived.wait(), PATIENCE_SECONDS)
    await webhooks.stop()

    receiver.answers(200)
    await the_pause_is_over()
    await WebhookDispatcher(settings.model_copy(update={"webhooks_allow_loopback": True})).send_waiting()

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


async def test_nobody_waits_for_a_slow_endpoint(
    settings: Settings, webhooks: WebhookDispatcher, receiver: Receiver, smtp: Inbox
) -> None:
    receiver.hangs()
    await a_webhook_endpoint(receiver.url, "order.approve")
    await an_order(OrderStatus.AWAITING_CUSTOMER)

    await asyncio.wait_for(webhooks.start_waiting(), PATIENCE_SECONDS)
    await asyncio.wait_for(receiver.arrived.wait(), PATIENCE_SECONDS)
    await Dispatcher(settings).send_waiting()

    assert smtp.mails_to("kim@kunde.example")
    await webhooks.stop()


async def test_redirects_are_not_followed(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.answers(307, location=receiver.url)

    await webhooks.send_waiting()

    assert len(receiver.received) == 1
    assert (await WebhookAttempt.get()).status == 307
    assert (await WebhookMessage.get()).state is WebhookMessageState.PENDING


async def test_this_machine_is_no_receiver_unless_a_setting_says_so(settings: Settings, receiver: Receiver) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)

    await WebhookDispatcher(settings).send_waiting()

    assert receiver.received == []
    assert (await WebhookAttempt.get()).error == "PRIVATE_ADDRESS"


async def test_an_endpoint_that_says_it_is_gone_is_paused(
    webhooks: WebhookDispatcher, receiver: Receiver, settings: Settings, smtp: Inbox
) -> None:
    await an_account(Role.ADMIN, email="ada@werkstand.example")
    endpoint = await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.answers(410)

    await webhooks.send_waiting()
    await Dispatcher(settings).send_waiting()

    assert (await WebhookEndpoint.get(id=endpoint.id)).state is WebhookState.PAUSED
    (mail,) = smtp.mails_to("ada@werkstand.example")
    assert "Shop" in str(mail["Subject"])


async def test_an_endpoint_that_failed_for_three_days_is_paused(
    webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    endpoint = await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)
    receiver.answers(500)
    await webhooks.send_waiting()
    assert (await WebhookEndpoint.get(id=endpoint.id)).state is WebhookState.ENABLED

    await days_pass(3)
    await the_pause_is_over()
    await webhooks.send_waiting()

    assert (await WebhookEndpoint.get(id=endpoint.id)).state is WebhookState.PAUSED


async def test_what_happens_during_a_pause_is_sent_afterwards(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    endpoint = await a_webhook_endpoint(receiver.url, "order.submit", "order.approve")
    await move_endpoint(endpoint, "pause")
    await an_order(OrderStatus.AWAITING_CUSTOMER)
    await webhooks.send_waiting()
    assert receiver.received == []

    await move_endpoint(endpoint, "resume")
    await webhooks.send_waiting()

    assert receiver.types == ["order.submit", "order.approve"]


async def test_a_paused_endpoint_can_be_tested_once(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    endpoint = await a_webhook_endpoint(receiver.url)
    await move_endpoint(endpoint, "pause")
    await move_endpoint(endpoint, "sendTest")
    receiver.answers(500)

    await webhooks.send_waiting()

    assert receiver.types == ["webhookEndpoint.sendTest"]
    assert (await WebhookMessage.get()).state is WebhookMessageState.FAILED


async def test_the_running_rounds_deliver(webhooks: WebhookDispatcher, receiver: Receiver) -> None:
    await a_webhook_endpoint(receiver.url, "order.submit")
    await an_order(OrderStatus.IN_REVIEW)

    async def is_delivered() -> bool:
        await webhooks.start_waiting()
        return (await WebhookMessage.get()).state is WebhookMessageState.DELIVERED

    await it_happens(is_delivered)

    assert receiver.types == ["order.submit"]


async def test_a_stopped_dispatcher_gives_back_what_it_is_sending(
    webhooks: WebhookDispatcher, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.webhooks.dispatcher.SECONDS_FOR_ANSWERS", 0.01)
    receiver.hangs()
    await move_endpoint(await a_webhook_endpoint(receiver.url), "sendTest")
    await webhooks.start_waiting()
    await asyncio.wait_for(receiver.arrived.wait(), PATIENCE_SECONDS)

    await webhooks.stop()

    message = await WebhookMessage.get()
    assert (message.state, message.claim_id, message.attempts) == (WebhookMessageState.PENDING, None, 1)
    receiver.answer = lambda request: OK
    assert await WebhookDispatcher(webhook_settings()).send_waiting() == 1


async def test_a_message_that_another_process_has_claimed_is_not_delivered(
    webhooks: WebhookDispatcher, receiver: Receiver
) -> None:
    endpoint = await a_webhook_endpoint(receiver.url)
    await move_endpoint(endpoint, "sendTest")
    (lost,) = await claim_webhooks(endpoint.id, 1)
    await the_pause_is_over()
    (kept,) = await claim_webhooks(endpoint.id, 1)

    assert await webhooks._send_all([lost]) == []
    assert receiver.received == []
    assert [answer.succeeded for answer in await webhooks._send_all([kept])] == [True]


def webhook_settings() -> Settings:
    return settings_module.load().model_copy(update={"webhooks_allow_loopback": True})
