"""Slow, large and many connections, from clients that hold to no rule."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect

from api.server.http_protocol import limited_protocols
from settings import Settings
from tests.support.live_server import served
from tests.support.raw_http import a_connection, connections

REQUEST = b"GET / HTTP/1.1\r\nHost: here\r\n"
MEGABYTE = b"x" * 1024 * 1024
LAST = b"Connection: close\r\n\r\n"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body; accept every WebSocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        return
    length, is_complete = 0, False
    while not is_complete:
        message = await receive()
        length += len(message.get("body", b""))
        is_complete = not message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(length).encode()})


@asynccontextmanager
async def a_server(**changed: Any) -> AsyncIterator[str]:
    """A server with the limits of these settings."""
    settings = Settings(**changed)
    async with served(echo, protocols=limited_protocols(settings)) as address:
        yield address


async def test_headers_within_the_limit_are_read() -> None:
    async with a_server() as address, a_connection(address) as connection:
        await connection.send(REQUEST + b"A: " + b"x" * 30_000 + b"\r\n" + LAST)

        assert await connection.status() == 200


@pytest.mark.parametrize(
    "start", [REQUEST + b"A: ", REQUEST + b"A: 1\r\n" * 6_000, b"GET /", REQUEST + LAST[:-2] + b"A: "]
)
async def test_larger_headers_are_refused(start: bytes) -> None:
    async with a_server() as address, a_connection(address) as connection:
        await connection.send(start + b"x" * 33_000)

        assert (await connection.rest()).startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")


async def test_a_header_of_many_megabytes_is_not_kept() -> None:
    async with a_server() as address, a_connection(address) as connection:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await connection.send(REQUEST + b"A: ")
        for _ in range(60):
            await connection.send(MEGABYTE)

        assert (await connection.rest()).startswith(b"HTTP/1.1 431 ")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


async def test_trailers_of_many_megabytes_are_refused() -> None:
    async with a_server() as address, a_connection(address) as connection:
        await connection.send(REQUEST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: " + MEGABYTE)

        assert b"200" not in await connection.rest()


async def test_a_body_is_no_header() -> None:
    async with a_server() as address, a_connection(address) as connection:
        await connection.send(REQUEST + b"Content-Length: 1048576\r\n" + LAST + MEGABYTE)

        assert b"\r\n1048576\r\n" in await connection.rest()


async def test_half_headers_are_closed_in_time() -> None:
    async with a_server(header_seconds=0.5) as address, connections(address, 200) as opened:
        for place, connection in enumerate(opened):
            await connection.send(REQUEST[: place % len(REQUEST)])

        answers = await asyncio.gather(*(connection.rest() for connection in opened))

    assert {answer.split(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 408 Request Timeout"}


async def test_a_second_request_has_its_own_time_and_size() -> None:
    async with a_server(header_seconds=0.5) as address, a_connection(address) as connection:
        await connection.send(REQUEST + b"A: " + b"x" * 30_000 + b"\r\n\r\n" + REQUEST + b"A: " + b"x" * 30_000)

        rest = await connection.rest()

    assert rest.count(b"HTTP/1.1 200") == 1
    assert b"HTTP/1.1 408" in rest


async def test_empty_lines_keep_no_connection_open() -> None:
    async with a_server(header_seconds=0.5) as address, a_connection(address) as connection:
        await connection.send(REQUEST + b"\r\n")
        assert await connection.status() == 200
        await connection.send(b"\r\n")

        assert b"HTTP/1.1 408" in await connection.rest()


async def test_an_address_holds_so_many_connections_and_no_more() -> None:
    async with a_server(connections_per_address=3) as address, connections(address, 3) as opened:
        async with a_connection(address) as fourth:
            assert await fourth.status() == 429
        for connection in opened:
            await connection.send(REQUEST + LAST)
            assert (await connection.rest()).startswith(b"HTTP/1.1 200")
        async with a_connection(address) as another:
            await another.send(REQUEST + LAST)
            assert await another.status() == 200


async def test_a_websocket_keeps_its_place_until_it_ends() -> None:
    async with a_server(connections_per_address=1, header_seconds=0.2) as address:
        async with connect(f"ws://{address}/") as socket, a_connection(address) as second:
            assert await second.status() == 429
            await second.rest()
            await (await socket.ping())
        async with a_connection(address) as third:
            await third.send(REQUEST + LAST)
            assert await third.status() == 200


@pytest.mark.parametrize("proxies", ["127.0.0.1", "10.0.0.1, 127.0.0.0/8", "*"])
async def test_a_trusted_proxy_holds_any_number(proxies: str) -> None:
    async with (
        a_server(connections_per_address=3, trusted_proxies=proxies) as address,
        connections(address, 12) as opened,
    ):
        await opened[-1].send(REQUEST + LAST)

        assert await opened[-1].status() == 200
