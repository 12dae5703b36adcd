"""Subscriptions as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from httpx2 import AsyncClient, Response

from api.dependencies import Dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_member_account, an_account
from tests.makers.orders import an_order
from tests.support.live_server import listening, serving
from tests.support.polling import PATIENCE_SECONDS
from tests.support.site import codes


@pytest_asyncio.fixture
async def client(dependencies: Dependencies, database: str) -> AsyncIterator[AsyncClient]:
    async with (
        serving(dependencies) as address,
        AsyncClient(base_url=f"http://{address}", timeout=PATIENCE_SECONDS) as client,
    ):
        yield client


async def test_a_member_hears_of_a_change_to_their_order(client: AsyncClient, dependencies: Dependencies) -> None:
    case = await an_order(OrderStatus.DRAFT)
    headers = await a_bearer(await a_member_account(case.member))
    asked = {"query": "subscription { orderChanged }"}

    async with client.stream("POST", "/graphql/stream", json=asked, headers=headers) as response:
        await listening(dependencies.change_feed)
        await case.move("submit", case.by_member)
        event = await the_next_event(response)

    assert response.headers["content-type"].startswith("text/event-stream")
    assert event == ("next", {"data": {"orderChanged": f"ord_{case.order.id}"}})


async def test_a_query_is_one_result_and_the_end(client: AsyncClient) -> None:
    headers = await a_bearer(await an_account(Role.STAFF))

    answer = await client.post("/graphql/stream", json={"query": "{ who }"}, headers=headers)

    assert [line for line in answer.text.splitlines() if line] == [
        "event: next",
        'data: {"data":{"who":"STAFF en"}}',
        "event: complete",
        "data: ",
    ]


async def test_what_is_wrong_is_told_in_the_stream(client: AsyncClient) -> None:
    headers = await a_bearer(await an_account())

    answer = await client.post("/graphql/stream", json={"query": "{ nothing }"}, headers=headers)

    assert answer.status_code == 200
    assert "GRAPHQL_VALIDATION_FAILED" in answer.text
    assert "event: complete" in answer.text


async def test_a_malformed_request_gets_no_stream(client: AsyncClient) -> None:
    headers = await a_bearer(await an_account())

    answer = await client.post("/graphql/stream", content=b"{", headers={**headers, "content-type": "application/json"})

    assert (answer.status_code, codes(answer)) == (400, ["MALFORMED_JSON"])


async def test_the_server_stops_while_somebody_listens(dependencies: Dependencies, database: str) -> None:
    headers = await a_bearer(await an_account())

    async with asyncio.timeout(PATIENCE_SECONDS), AsyncClient() as client:
        async with serving(dependencies) as address:
            asked = {"query": "subscription { orderChanged }"}
            request = client.build_request("POST", f"http://{address}/graphql/stream", json=asked, headers=headers)
            response = await client.send(request, stream=True)
            await listening(dependencies.change_feed)
            await dependencies.change_feed.stop()
        await response.aclose()


async def a_bearer(account: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {await issue_token(account.email)}"}


async def the_next_event(response: Response) -> tuple[str, Any]:
    """Name and content of the next event that is no ping."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        name = ""
        async for line in response.aiter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            if field == "data":
                return name, json.loads(value)
    raise AssertionError("the stream ended without an event")
