"""gql with its defaults: HTTP for queries and mutations, a socket for the subscription. Prints lines of JSON."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

URL = os.environ["WERKSTAND_URL"] + "/graphql"
AUTHORIZATION = {"Authorization": f"Bearer {os.environ['WERKSTAND_TOKEN']}"}
ORDERS = "query Orders { orders(first: 3, where: { status: { eq: ACTIVE } }) { nodes { id clientStatus { id } } } }"
LATE_UPDATE = """mutation LateUpdate($id: ID!) {
  clientStatusUpdate(input: { id: $id, label: "Too late", expectedVersion: 999999 }) { errors { __typename } }
}"""
COMMENT = """mutation Comment($id: ID!) {
  orderComment(input: { id: $id, text: "Someone says something.", visibility: INTERNAL }) { errors { message } }
}"""
CHANGES = "subscription Changes { orderChanged { id number } }"


def client_over_http() -> Client:
    return Client(transport=AIOHTTPTransport(url=URL, headers=AUTHORIZATION), fetch_schema_from_transport=True)


def client_over_socket() -> Client:
    socket = WebsocketsTransport(url=URL.replace("http", "ws", 1), init_payload=AUTHORIZATION)
    return Client(transport=socket)


async def an_order() -> dict:
    async with client_over_http() as session:
        return (await session.execute(gql(ORDERS)))["orders"]["nodes"][0]


async def query() -> None:
    assert (await an_order())["id"]


async def mutation() -> None:
    document = gql(LATE_UPDATE)
    document.variable_values = {"id": (await an_order())["clientStatus"]["id"]}
    async with client_over_http() as session:
        answer = await session.execute(document)
    assert answer["clientStatusUpdate"]["errors"] == [{"__typename": "StaleVersion"}], answer


async def subscription() -> None:
    order_id = (await an_order())["id"]
    commenting = asyncio.create_task(comment_again_and_again(order_id))
    try:
        async with asyncio.timeout(20), client_over_socket() as session:
            async for change in session.subscribe(gql(CHANGES)):
                if change["orderChanged"]["id"] == order_id:
                    return
    finally:
        commenting.cancel()


async def comment_again_and_again(order_id: str) -> None:
    async with client_over_http() as session:
        while True:
            document = gql(COMMENT)
            document.variable_values = {"id": order_id}
            await session.execute(document)
            await asyncio.sleep(0.7)


async def report(step: str, act: Callable[[], Awaitable[None]]) -> None:
    try:
        await act()
        error = None
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"[:200]
    print(json.dumps({"client": "gql", "step": step, "error": error}))


async def main() -> None:
    await report("query", query)
    await report("mutation", mutation)
    await report("subscription", subscription)


asyncio.run(main())
