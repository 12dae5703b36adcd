"""Compression: a first visit is small, and neither the API nor files are compressed."""

import re

import pytest
from httpx2 import AsyncClient

from tests.support.site import Site

BYTES_OF_A_FIRST_VISIT = 60_000
LINKED = re.compile(r"(?:href|src)=\"(/static/[^\"]+\.(?:css|js)[^\"]*|/branding\.css[^\"]*)\"")
FONT = re.compile(r"url\(\"?([^\")]+\.woff2[^\")]*)\"?\)")


async def test_a_first_visit_is_small(site: Site) -> None:
    client = site.client
    page, sent, fonts = await client.get("/sign-in"), 0, set[str]()
    for address in ["/sign-in", *sorted(set(LINKED.findall(page.text)))]:
        sent += await transferred(client, address)
        fonts |= set(FONT.findall((await client.get(address)).text))
    for font in fonts:
        sent += await transferred(client, f"/static/{font}")

    assert len(fonts) == 1
    assert 30_000 < sent < BYTES_OF_A_FIRST_VISIT


@pytest.mark.parametrize("path", ["/sign-in", "/static/vendor/pico-2.1.1.min.css"])
async def test_only_clients_that_accept_it_get_compressed_answers(site: Site, path: str) -> None:
    asked = await site.client.get(path, headers={"accept-encoding": "gzip"})
    plain = await site.client.get(path, headers={"accept-encoding": "identity"})

    assert (asked.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert "accept-encoding" in asked.headers["vary"].lower()


async def test_answers_of_the_api_are_not_compressed(site: Site) -> None:
    answer = await site.client.post("/graphql", json={"query": "{ __typename }"}, headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers


async def transferred(client: AsyncClient, address: str) -> int:
    """The bytes of the body as they are sent."""
    async with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum([len(chunk) async for chunk in answer.aiter_raw()])
