"""Websockets: signing in, malformed frames, subscriptions, sessions that end."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from websockets.exceptions import InvalidStatus

from api.auth.authentication import Credential
from api.dependencies import Dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.authentication.sign_in import sign_out
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from tests.makers.accounts import a_customer_account, a_member_account, a_session, an_account
from tests.makers.orders import an_order
from tests.makers.parties import STAFF
from tests.makers.time import berlin, the_clock_shows
from tests.support.live_server import a_socket, hear, say, serving, signed_in, subscribed, the_close_code


@pytest_asyncio.fixture
async def address(dependencies: Dependencies, database: str) -> AsyncIterator[str]:
    async with serving(dependencies) as address:
        yield address


async def test_a_cookie_signs_a_socket_in(address: str) -> None:
    async with a_socket(address, session=await a_session(await an_account(Role.STAFF))) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": "{ who }"})

        assert await hear(socket) == {"id": "1", "type": "next", "payload": {"data": {"who": "STAFF en"}}}
        assert await hear(socket) == {"id": "1", "type": "complete"}


async def test_a_bearer_token_in_the_first_message_signs_a_socket_in(address: str) -> None:
    token = await issue_token((await an_account(Role.FINANCE)).email)

    async with a_socket(address) as socket:
        await signed_in(socket, authorization=f"Bearer {token}")
        await say(socket, id="1", type="subscribe", payload={"query": "{ who }"})

        assert await hear(socket) == {"id": "1", "type": "next", "payload": {"data": {"who": "FINANCE en"}}}


async def test_an_account_has_so_many_sockets_and_no_more(address: str) -> None:
    session = await a_session(await an_account(Role.STAFF))
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(a_socket(address, session=session)) for _ in range(21)]
        for socket in opened[:20]:
            await signed_in(socket)
        await say(opened[20], type="connection_init")

        assert await the_close_code(opened[20]) == 4429
        assert "TOO_MANY_SOCKETS" in (opened[20].close_reason or "")
        await opened[0].close()
        async with a_socket(address, session=session) as another:
            await signed_in(another)


async def test_nobody_is_turned_away(address: str) -> None:
    async with a_socket(address) as socket:
        await say(socket, type="connection_init")

        assert await the_close_code(socket) == 4403


async def test_a_customer_is_turned_away_at_operations(address: str) -> None:
    case = await an_order(OrderStatus.DRAFT)
    session = await a_session(await a_customer_account(case.customer))

    async with a_socket(address, session=session) as socket:
        await say(socket, type="connection_init")

        assert await the_close_code(socket) == 4403


async def test_whoever_must_change_their_password_is_turned_away(address: str) -> None:
    session = await a_session(await an_account(must_change_password=True))

    async with a_socket(address, session=session) as socket:
        await say(socket, type="connection_init")

        assert await the_close_code(socket) == 4403


async def test_another_site_cannot_open_a_socket(address: str) -> None:
    session = await a_session(await an_account())

    with pytest.raises(InvalidStatus):
        async with a_socket(address, session=session, origin="https://evil.example"):
            pass


async def test_nothing_runs_before_signing_in(address: str) -> None:
    async with a_socket(address, session=await a_session(await an_account())) as socket:
        await say(socket, id="1", type="subscribe", payload={"query": "{ who }"})

        assert await the_close_code(socket) == 4401


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "null",
        "3",
        "[]",
        '"text"',
        "{}",
        '{"type": 3}',
        '{"type": "unheard of"}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ who }"}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 3}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ who }", "variables": []}}',
        '{"type": "complete"}',
        "[" * 100_000,
        " " * 300_000 + "{}",
        b"\x00\x01",
    ],
)
async def test_a_malformed_frame_closes_the_socket(address: str, frame: str | bytes) -> None:
    async with a_socket(address, session=await a_session(await an_account())) as socket:
        await signed_in(socket)
        await socket.send(frame)

        assert await the_close_code(socket) == 4400


async def test_a_wrong_document_is_an_error_of_its_operation_only(address: str) -> None:
    async with a_socket(address, session=await a_session(await an_account())) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": "{ nothing }"})
        error = await hear(socket)

        assert (error["type"], error["payload"][0]["extensions"]["code"]) == ("error", "GRAPHQL_VALIDATION_FAILED")


async def test_a_fault_is_masked(address: str) -> None:
    async with a_socket(address, session=await a_session(await an_account())) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": "{ broken }"})
        (error,) = (await hear(socket))["payload"]["errors"]

        assert error["extensions"]["code"] == "INTERNAL_ERROR"
        assert "secret" not in error["message"]


async def test_a_member_hears_of_a_change_to_their_order(address: str, dependencies: Dependencies) -> None:
    case = await an_order(OrderStatus.DRAFT)

    async with a_socket(address, session=await a_session(await a_member_account(case.member))) as socket:
        await signed_in(socket)
        await subscribed(socket, dependencies.change_feed)
        await case.move("submit", case.by_member)

        assert (await hear(socket))["payload"] == {"data": {"orderChanged": f"ord_{case.order.id}"}}


async def test_a_customer_hears_nothing_of_another_customers_order(address: str, dependencies: Dependencies) -> None:
    await the_clock_shows(berlin(2026, 4, 20, 12))
    theirs, another = await an_order(OrderStatus.IN_REVIEW), await an_order(OrderStatus.IN_REVIEW)
    session = await a_session(await a_customer_account(theirs.customer))

    async with a_socket(address, path="/portal/graphql", session=session) as socket:
        await signed_in(socket)
        await subscribed(socket, dependencies.change_feed)
        await another.move("approve", STAFF)
        await theirs.move("approve", STAFF)

        assert (await hear(socket))["payload"] == {"data": {"orderChanged": f"ord_{theirs.order.id}"}}


async def test_a_socket_closes_at_the_next_event_after_its_session_has_ended(
    address: str, dependencies: Dependencies
) -> None:
    case = await an_order(OrderStatus.DRAFT)
    session = await a_session(await a_member_account(case.member))

    async with a_socket(address, session=session) as socket:
        await signed_in(socket)
        await subscribed(socket, dependencies.change_feed)
        await sign_out(session)
        await case.move("submit", case.by_member)

        assert await the_close_code(socket) == 4401


async def test_an_ended_session_starts_nothing_new(address: str, dependencies: Dependencies) -> None:
    session = await a_session(await an_account())

    async with a_socket(address, session=session) as socket:
        await signed_in(socket)
        await sign_out(session)
        dependencies.authenticator.clear_cache()
        await say(socket, id="1", type="subscribe", payload={"query": "{ who }"})

        assert await the_close_code(socket) == 4401
        assert await dependencies.authenticator.authenticate(Credential("session", session)) is None


@pytest.mark.parametrize("key", ["authorization", "Authorization", "AUTHORIZATION"])
async def test_the_key_of_the_authorization_may_be_written_in_any_case(address: str, key: str) -> None:
    token = await issue_token((await an_account(Role.FINANCE)).email)

    async with a_socket(address) as socket:
        await signed_in(socket, **{key: f"Bearer {token}"})


async def test_a_connection_that_may_not_enter_is_told_why(address: str) -> None:
    session = await a_session(await a_customer_account((await an_order(OrderStatus.DRAFT)).customer))

    async with a_socket(address, session=session) as socket:
        await say(socket, type="connection_init")

        assert await the_close_code(socket) == 4403
        assert (socket.close_reason or "").startswith("WRONG_ENDPOINT: ")


async def test_a_document_with_a_wrong_syntax_is_an_error_of_its_operation_only(address: str) -> None:
    async with a_socket(address, session=await a_session(await an_account())) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": "{ who"})

        assert (await hear(socket))["payload"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"
        await say(socket, type="ping")
        assert await hear(socket) == {"type": "pong"}
