"""Webhook endpoints for tests, and what happened to be told to them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.commands import execute
from domain.engine.commands import Command
from domain.webhooks.inputs import WebhookEndpointInput
from domain.webhooks.model import WebhookEndpoint, WebhookMessage
from tests.makers.parties import ADMIN

MAKE_DUE = "UPDATE webhook_messages SET next_attempt_at = clock_timestamp() WHERE state = 'PENDING'"
AGE_ATTEMPTS = "UPDATE webhook_attempts SET at = at - $1::interval"
AGE_ENDPOINTS = "UPDATE webhook_endpoints SET enabled_at = enabled_at - $1::interval"


async def a_webhook_endpoint(url: str = "https://example.com/hooks", *events: str) -> WebhookEndpoint:
    """An endpoint that is told of these events, of all unless some are given."""
    entry = WebhookEndpointInput(url=url, description="Shop", events=events)
    outcome = await execute(Command(noun="webhookEndpoint", move="create", input=entry), ADMIN)
    return await WebhookEndpoint.get(id=outcome.subject_id)


async def move_endpoint(endpoint: WebhookEndpoint, name: str, takes: Any = None) -> WebhookEndpoint:
    """Make one move of an endpoint and return it as it is then."""
    await execute(Command(noun="webhookEndpoint", move=name, subject_id=endpoint.id, input=takes), ADMIN)
    return await WebhookEndpoint.get(id=endpoint.id)


async def a_webhook_message() -> WebhookMessage:
    """The message of a test to a new endpoint."""
    endpoint = await a_webhook_endpoint()
    await move_endpoint(endpoint, "sendTest")
    return await WebhookMessage.get(endpoint_id=endpoint.id)


async def told_of(endpoint: WebhookEndpoint, order_id: UUID | None = None) -> list[str]:
    """The events that wait for an endpoint or were sent to it, in their order."""
    messages = await WebhookMessage.filter(endpoint_id=endpoint.id).order_by("position")
    return [message.type for message in messages if order_id in (None, message.order_id)]


async def the_pause_is_over() -> None:
    """What is to be tried again is due now."""
    await connections.get("default").execute_query(MAKE_DUE)


async def days_pass(days: int) -> None:
    """What was tried so far was tried that many days earlier."""
    for statement in (AGE_ATTEMPTS, AGE_ENDPOINTS):
        await connections.get("default").execute_query(statement, [timedelta(days=days)])
