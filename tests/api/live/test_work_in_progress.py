"""Subscription to work in progress: it sends what the customer saw or sees, and nothing else."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from httpx2 import AsyncClient

from api.auth.authentication import SESSION_COOKIE
from api.live.visible_changes import MAX_SINGLE_CHANGES
from domain.accounts.authentication.sign_in import sign_out
from domain.client_status.inputs import StatusInput
from domain.operator.model import CustomerAccess
from domain.orders.inputs import OptionalComment, OptionalReason
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_customer_account, a_session
from tests.makers.bulk import set_status, some_orders
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.support.live_server import Server, a_socket, hear, listening, say, signed_in, the_close_code
from tests.support.polling import PATIENCE_SECONDS

WORK = "subscription { workInProgressChanged { id label status { label name } } }"
Messages = AsyncGenerator[Any]
Follow = Callable[["Server", str], AbstractAsyncContextManager[Messages]]


@asynccontextmanager
async def by_socket(server: Server, session: str) -> AsyncIterator[Messages]:
    async with a_socket(server.address, path="/portal/graphql", session=session) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": WORK})
        await listening(server.dependencies.change_feed)

        async def messages() -> Messages:
            while True:
                yield (await hear(socket))["payload"]["data"]["workInProgressChanged"]

        yield messages()


@asynccontextmanager
async def by_events(server: Server, session: str) -> AsyncIterator[Messages]:
    headers = {"cookie": f"{SESSION_COOKIE}={session}"}
    async with AsyncClient(base_url=f"http://{server.address}", timeout=PATIENCE_SECONDS) as client:
        asked = {"query": WORK}
        async with client.stream("POST", "/portal/graphql/stream", json=asked, headers=headers) as response:
            await listening(server.dependencies.change_feed)

            async def messages() -> Messages:
                async for line in response.aiter_lines():
                    if line.startswith("data: {"):
                        yield json.loads(line[6:])["data"]["workInProgressChanged"]

            yield messages()


both_ways = pytest.mark.parametrize("follow", [by_socket, by_events])


@both_ways
async def test_a_status_is_told_as_it_is_now_and_by_its_id_alone_once_hidden(server: Server, follow: Follow) -> None:
    case = await a_client_status(shown=False)

    async with follow(server, await a_session_of(case)) as messages:
        await a_client_status(case, label="Begun")
        shown = await anext(messages)
        await move_client_status(case, "update", StatusInput(label="Nearly done"))
        updated = await anext(messages)
        await move_client_status(case, "hide")
        hidden = await anext(messages)

    order_id = f"ord_{case.order.id}"
    assert shown == {"id": order_id, "label": "Begun", "status": {"label": "Begun", "name": "Projekt ABC"}}
    assert updated["status"]["label"] == updated["label"] == "Nearly done"
    assert hidden == {"id": order_id, "label": None, "status": None}


@both_ways
async def test_not_a_word_is_said_of_a_hidden_status(server: Server, follow: Follow) -> None:
    case = await a_client_status(shown=False)
    seen = await a_client_status(await another_order_of(case))

    async with follow(server, await a_session_of(case)) as messages:
        await move_client_status(case, "update", StatusInput(label="PLANTED"))
        await case.move("archive", STAFF)
        await case.move("restore", STAFF)
        await move_client_status(seen, "update", StatusInput(label="Said"))

        assert (await anext(messages))["label"] == "Said"


@both_ways
async def test_not_a_word_is_said_of_a_status_whose_order_is_out_of_sight(server: Server, follow: Follow) -> None:
    case = await a_client_status(await an_order(OrderStatus.DRAFT))
    seen = await a_client_status(await another_order_of(case))

    async with follow(server, await a_session_of(case)) as messages:
        await move_client_status(case, "update", StatusInput(label="PLANTED"))
        await case.move("submit", case.by_member)
        await move_client_status(seen, "update", StatusInput(label="Said"))

        assert (await anext(messages))["label"] == "Said"


@both_ways
async def test_not_a_word_is_said_of_another_customers_status(server: Server, follow: Follow) -> None:
    case, foreign = await a_client_status(), await a_client_status()

    async with follow(server, await a_session_of(case)) as messages:
        await move_client_status(foreign, "update", StatusInput(label="PLANTED"))
        await foreign.move("archive", STAFF)
        await move_client_status(case, "update", StatusInput(label="Said"))

        assert (await anext(messages))["label"] == "Said"


async def test_a_shown_status_comes_with_its_offer_and_goes_when_that_is_withdrawn(server: Server) -> None:
    case = await a_client_status(await an_order(OrderStatus.IN_REVIEW))

    async with by_socket(server, await a_session_of(case)) as messages:
        await case.move("approve", STAFF, OptionalComment())
        came = await anext(messages)
        await case.move("withdraw", case.by_member, OptionalReason())
        went = await anext(messages)

    assert came["label"] == "In progress"
    assert went == {"id": came["id"], "label": None, "status": None}


async def test_a_status_goes_with_its_archived_order(server: Server) -> None:
    case = await a_client_status()

    async with by_socket(server, await a_session_of(case)) as messages:
        await case.move("archive", STAFF)

        assert await anext(messages) == {"id": f"ord_{case.order.id}", "label": None, "status": None}


async def test_a_bulk_change_of_many_is_told_once(server: Server) -> None:
    cases = await some_orders(MAX_SINGLE_CHANGES + 1, OrderStatus.ACTIVE)

    async with by_socket(server, await a_session_of(cases[0])) as messages:
        await set_status([case.order.id for case in cases])
        many = await anext(messages)
        await move_client_status(cases[0], "update", StatusInput(label="Alone"))
        single = await anext(messages)

    assert many == {"id": None, "label": None, "status": None}
    assert single["status"]["label"] == "Alone"


async def test_whoever_sees_only_the_status_hears_of_it(server: Server) -> None:
    case = await a_client_status(await an_order(OrderStatus.ACTIVE, customer_access=CustomerAccess.STATUS_ONLY))

    async with by_socket(server, await a_session_of(case)) as messages:
        await move_client_status(case, "update", StatusInput(label="Nearly done"))

        assert (await anext(messages))["label"] == "Nearly done"


async def test_nothing_is_told_after_the_session_has_ended(server: Server) -> None:
    case = await a_client_status()
    session = await a_session_of(case)

    async with a_socket(server.address, path="/portal/graphql", session=session) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": WORK})
        await listening(server.dependencies.change_feed)
        await sign_out(session)
        await move_client_status(case, "update", StatusInput(label="PLANTED"))

        assert await the_close_code(socket) == 4401


async def a_session_of(case: Case) -> str:
    return await a_session(await a_customer_account(case.customer))


async def another_order_of(case: Case) -> Case:
    return await an_order(OrderStatus.ACTIVE, member=case.member, customer=case.customer)
