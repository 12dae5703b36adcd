"""Requests of which the rest never comes."""

import asyncio

import pytest

from api.middleware import body_limit
from tests.support.account_client import Target
from tests.support.live_server import serving
from tests.support.polling import PATIENCE_SECONDS

HALF = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: 100\r\n\r\nhalf="


@pytest.mark.parametrize("path", ["/sign-in", "/graphql"])
async def test_half_a_request_is_given_up(target: Target, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "BODY_TIMEOUT_SECONDS", 0.2)
    async with serving(target.dependencies) as address:
        host, _, port = address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        kind = "application/x-www-form-urlencoded" if path == "/sign-in" else "application/json"

        writer.write(HALF.format(path=path, host=address, kind=kind).encode())
        answer = await asyncio.wait_for(reader.readline(), PATIENCE_SECONDS)
        writer.close()

    assert answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 401"))


async def test_a_slash_too_many_leads_nowhere_else(target: Target) -> None:
    response = await target.client.get("/orders/", headers={"host": "evil.example"})

    assert response.status_code == 404
