"""Thousands of orders in one request, and progress while they are worked, over a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest_asyncio
from httpx2 import AsyncClient

from api.dependencies import build_dependencies, open_dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.credentials import actor_of_account
from domain.bulk.inputs import BulkStatusInput
from domain.commands import WORKER
from domain.engine import commands
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.kernel.ids import external, new_id
from domain.registry import REGISTRY
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.bulk import many_orders
from tests.support.live_server import serving
from tests.support.polling import PATIENCE_SECONDS
from tests.support.site import codes

SET = """mutation ($input: ClientStatusBulkSetInput!) { clientStatusBulkSet(input: $input) {
    clientStatusBulk { total failed applied } errors { __typename } } }"""
PROGRESS = "subscription ($id: ID!) { bulkOperationProgress(id: $id) { state done total progress } }"


@pytest_asyncio.fixture
async def client(settings: Settings, database: str, redis_url: str) -> AsyncIterator[AsyncClient]:
    """An employee's client of the whole application."""
    dependencies = build_dependencies(settings)
    token = await issue_token((await an_account(Role.STAFF, email="staff@werkstand.example")).email)
    headers = {"authorization": f"Bearer {token}"}
    async with (
        open_dependencies(dependencies),
        serving(dependencies) as address,
        AsyncClient(base_url=f"http://{address}", headers=headers, timeout=60) as client,
    ):
        yield client


async def asked(client: AsyncClient, order_ids: list[str], query: str = SET) -> Any:
    given = {"input": {"orderIds": order_ids, "label": "In progress"}}
    return await client.post("/graphql", json={"query": query, "variables": given})


def absent(count: int) -> list[str]:
    return [external("ord", new_id()) for _ in range(count)]


async def test_ten_thousand_ids_fit_into_one_request(client: AsyncClient) -> None:
    response = await asked(client, absent(10_000))

    (payload,) = response.json()["data"].values()
    assert payload == {"clientStatusBulk": {"total": 10_000, "failed": 10_000, "applied": 0}, "errors": []}


async def test_what_exceeds_a_mebibyte_is_too_large_for_anything(client: AsyncClient) -> None:
    response = await asked(client, absent(25_000))

    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])


async def test_only_requests_for_many_may_be_that_large(client: AsyncClient) -> None:
    response = await asked(client, absent(10_000), "{ now } # clientStatusBulkSet")

    assert (response.status_code, codes(response)) == (413, ["PAYLOAD_TOO_LARGE"])


async def test_whoever_watches_sees_every_portion_until_the_end(client: AsyncClient) -> None:
    orders = await many_orders(251)
    account = await an_account(Role.STAFF)
    actor = await actor_of_account(account.id, Role.STAFF)
    assert actor is not None
    takes = BulkStatusInput(order_ids=orders, label="In progress")
    began = await commands.execute(REGISTRY, Command(noun="clientStatusBulk", move="set", input=takes), actor)
    heard = progress_of(client, began.subject_id)

    seen = [await the_next(heard)]
    while await WORKER.next_portion(began.subject_id, actor):
        seen.append(await the_next(heard))
    seen.append(await the_next(heard))

    assert [(each["state"], each["done"]) for each in seen] == [("RUNNING", 0), ("RUNNING", 250), ("DONE", 251)]
    assert [each async for each in heard] == []


async def test_nobody_watches_what_they_may_not_see(client: AsyncClient) -> None:
    assert [each async for each in progress_of(client, new_id())] == []


async def progress_of(client: AsyncClient, operation_id: UUID) -> AsyncIterator[Any]:
    """What a subscriber is sent about an operation."""
    asked = {"query": PROGRESS, "variables": {"id": external("blk", operation_id)}}
    async with client.stream("POST", "/graphql/stream", json=asked) as response:
        async for line in response.aiter_lines():
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))["data"]["bulkOperationProgress"]


async def the_next(heard: AsyncIterator[Any]) -> Any:
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await anext(heard)
