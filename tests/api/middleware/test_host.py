"""A request names its host once, in a form that a host can have."""

import pytest
from starlette.types import Receive, Scope, Send

from api.middleware.host import HostMiddleware
from tests.support.live_server import served
from tests.support.raw_http import a_connection


async def empty(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


async def status_of(*lines: str) -> int:
    """The status of a request with these lines."""
    async with served(HostMiddleware(empty)) as address, a_connection(address) as connection:
        await connection.send("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        return await connection.status()


@pytest.mark.parametrize("host", ["werkstand.example", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
async def test_one_host_is_answered(host: str) -> None:
    assert await status_of("GET / HTTP/1.1", f"Host: {host}") == 204


@pytest.mark.parametrize(
    "hosts", [[], ["a.example", "a.example"], [""], ["a b"], ["a.example/path"], ["evil@a.example"], ["a.example:x"]]
)
async def test_no_host_several_and_malformed_ones_are_refused(hosts: list[str]) -> None:
    assert await status_of("GET / HTTP/1.1", *(f"Host: {host}" for host in hosts)) == 400


async def test_clients_older_than_the_header_are_answered() -> None:
    assert await status_of("GET / HTTP/1.0") == 204
