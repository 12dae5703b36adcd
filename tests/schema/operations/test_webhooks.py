"""Webhooks in the API: for administrators alone, with a secret that is shown for ten minutes."""

from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.ids import external
from domain.webhooks.model import WebhookEndpoint
from tests.makers.orders import an_order
from tests.makers.parties import ADMIN, FINANCE, STAFF
from tests.makers.webhooks import a_webhook_endpoint, a_webhook_message
from tests.support.graphql.schema_client import SchemaClient

pytestmark = pytest.mark.database

CREATE = """mutation ($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) {
    webhookEndpoint { id url events secret state } errors { code path message remedy } } }"""
ENDPOINT = """query ($id: ID!) { webhookEndpoint(id: $id) { url secret previousSecretUntil waiting
    messages(first: 5) { nodes { type state attempts { status } } } } }"""
ALL = "{ webhookEndpoints(first: 5) { nodes { url } } }"
EVENTS = "{ webhookEvents { name label noun nounLabel } }"


async def created(in_operations: SchemaClient, **entry: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await in_operations.slowly(CREATE, ADMIN, input=entry))["webhookEndpointCreate"]
    return payload


async def test_the_secret_is_shown_for_ten_minutes(in_operations: SchemaClient) -> None:
    payload = await created(in_operations, url="https://example.com/hooks", events=["order.confirm"])
    assert payload["errors"] == []
    endpoint = payload["webhookEndpoint"]
    assert endpoint["secret"].startswith("whsec_")
    assert endpoint["events"] == ["order.confirm"]

    row = await WebhookEndpoint.get()
    await WebhookEndpoint.filter(id=row.id).update(secret_issued_at=row.secret_issued_at - timedelta(minutes=10))

    assert (await in_operations.ask(ENDPOINT, ADMIN, id=endpoint["id"]))["webhookEndpoint"]["secret"] is None


@pytest.mark.parametrize(
    ("entry", "path", "remedy"),
    [
        ({"url": "https://192.168.0.1/"}, ["url"], "Enter an address that can be reached from the internet."),
        ({"url": "shop"}, ["url"], "Enter a complete address"),
        ({"url": "https://a.example", "events": ["order.fly"]}, ["events"], "Choose among the events"),
    ],
)
async def test_what_cannot_be_told_is_refused_with_a_remedy(
    in_operations: SchemaClient, entry: dict[str, Any], path: list[str], remedy: str
) -> None:
    (error,) = (await created(in_operations, **entry))["errors"]

    assert (error["code"], error["path"]) == ("VALIDATION_FAILED", path)
    assert error["remedy"].startswith(remedy)


@pytest.mark.parametrize("actor", [STAFF, FINANCE])
async def test_only_administrators_see_webhooks(in_operations: SchemaClient, actor: Any) -> None:
    endpoint = await a_webhook_endpoint()

    assert (await in_operations.ask(ALL, actor))["webhookEndpoints"]["nodes"] == []
    found = await in_operations.ask(ENDPOINT, actor, id=external("whe", endpoint.id))
    assert found["webhookEndpoint"] is None


async def test_a_member_sees_no_webhook(in_operations: SchemaClient) -> None:
    await a_webhook_endpoint()

    assert (await in_operations.ask(ALL, (await an_order()).by_member))["webhookEndpoints"]["nodes"] == []


async def test_the_log_tells_what_waits(in_operations: SchemaClient) -> None:
    message = await a_webhook_message()

    endpoint = (await in_operations.ask(ENDPOINT, ADMIN, id=external("whe", message.endpoint_id)))["webhookEndpoint"]

    assert endpoint["waiting"] == 1
    assert endpoint["messages"]["nodes"] == [{"type": "webhookEndpoint.sendTest", "state": "PENDING", "attempts": []}]


async def test_every_event_has_its_words(in_operations: SchemaClient) -> None:
    events = (await in_operations.ask(EVENTS, ADMIN))["webhookEvents"]

    named = {event["name"]: event for event in events}
    assert named["order.confirm"]["nounLabel"] == "Orders"
    assert named["invoice.print"]["label"]
