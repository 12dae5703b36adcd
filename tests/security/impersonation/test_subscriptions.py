"""Subscriptions end when an impersonation begins and when it is left."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from httpx2 import AsyncClient
from websockets.asyncio.client import ClientConnection

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from api.graphql.websocket_handler import CLOSE_SESSION_ENDED
from domain.accounts.impersonation import stop_impersonation
from domain.kernel.actors import Role
from domain.orders.inputs import OfferEnd
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.accounts import a_session, an_account, the_recognised
from tests.makers.orders import Case, an_order
from tests.support.impersonation import an_impersonation, impersonate
from tests.support.live_server import a_socket, hear, listening, say, serving, signed_in, the_close_code
from tests.support.people import FAR
from tests.support.polling import PATIENCE_SECONDS

YEARS = count(2036)
FOLLOW = {"query": "subscription { orderChanged { id } }"}


@pytest_asyncio.fixture
async def dependencies(settings: Settings, database: str, redis_url: str) -> AsyncIterator[Dependencies]:
    dependencies = build_dependencies(settings)
    async with open_dependencies(dependencies):
        yield dependencies


async def an_offer() -> Case:
    return await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=FAR)


async def following(dependencies: Dependencies, socket: ClientConnection) -> None:
    """Sign in, subscribe, and wait until what follows is certainly heard."""
    await signed_in(socket)
    await say(socket, id="1", type="subscribe", payload=FOLLOW)
    await listening(dependencies.change_feed)


async def something_happens(case: Case) -> None:
    """A move that both the customer and the operator's people read of."""
    await case.move("extendOffer", case.by_member, OfferEnd(valid_until=FAR.replace(year=next(YEARS))))


def told(message: dict[str, Any]) -> Any:
    return message["payload"]["data"]["orderChanged"]["id"]


async def test_whoever_looks_hears_what_the_customer_hears_until_they_leave(dependencies: Dependencies) -> None:
    case = await an_offer()
    session = await an_impersonation(case.customer)
    async with serving(dependencies) as address, a_socket(address, path="/portal/graphql", session=session) as socket:
        await following(dependencies, socket)
        await something_happens(case)
        assert told(await hear(socket)) == f"ord_{case.order.id}"

        await stop_impersonation((await the_recognised(session)).credential_id)
        await something_happens(case)

        assert await the_close_code(socket) == CLOSE_SESSION_ENDED


async def test_what_staff_followed_ends_when_they_begin_to_look(dependencies: Dependencies) -> None:
    case, session = await an_offer(), await a_session(await an_account(Role.STAFF))
    async with serving(dependencies) as address, a_socket(address, session=session) as socket:
        await following(dependencies, socket)

        await impersonate(session, case.customer)
        await something_happens(case)

        assert await the_close_code(socket) == CLOSE_SESSION_ENDED


async def test_looking_at_somebody_else_ends_what_was_followed_before(dependencies: Dependencies) -> None:
    case, other = await an_offer(), await an_offer()
    session = await an_impersonation(case.customer)
    async with serving(dependencies) as address, a_socket(address, path="/portal/graphql", session=session) as socket:
        await following(dependencies, socket)

        await stop_impersonation((await the_recognised(session)).credential_id)
        await impersonate(session, other.customer)
        await something_happens(case)

        assert await the_close_code(socket) == CLOSE_SESSION_ENDED


@pytest.mark.parametrize(("path", "accepted"), [("/graphql", False), ("/portal/graphql", True)])
async def test_a_socket_of_the_operations_side_is_closed_to_them(
    dependencies: Dependencies, path: str, accepted: bool
) -> None:
    session = await an_impersonation((await an_offer()).customer)
    async with serving(dependencies) as address, a_socket(address, path=path, session=session) as socket:
        await say(socket, type="connection_init", payload={})

        if accepted:
            assert (await hear(socket))["type"] == "connection_ack"
        else:
            assert await the_close_code(socket) == 4403


async def test_the_very_next_operation_on_a_socket_is_refused(dependencies: Dependencies) -> None:
    case, session = await an_offer(), await a_session(await an_account(Role.STAFF))
    async with serving(dependencies) as address, a_socket(address, session=session) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload=looking_at(case))
        assert (await hear(socket))["payload"]["data"]["customerViewAs"]["errors"] == []

        await hear(socket)
        await say(socket, id="2", type="subscribe", payload={"query": "{ viewer { name } }"})

        assert await the_close_code(socket) == CLOSE_SESSION_ENDED


async def test_the_very_next_request_after_a_stream_is_refused(dependencies: Dependencies) -> None:
    case, session = await an_offer(), await a_session(await an_account(Role.STAFF))
    headers = {"cookie": f"{SESSION_COOKIE}={session}"}
    async with (
        serving(dependencies) as address,
        AsyncClient(base_url=f"http://{address}", timeout=PATIENCE_SECONDS) as client,
    ):
        began = await client.post("/graphql/stream", json=looking_at(case), headers=headers)
        assert '"errors":[]' in began.text

        answer = await client.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers)

        assert answer.status_code == 403


def looking_at(case: Case) -> dict[str, Any]:
    text = "mutation ($id: ID!) { customerViewAs(input: {id: $id}) { errors { code } } }"
    return {"query": text, "variables": {"id": f"cus_{case.customer.id}"}}
