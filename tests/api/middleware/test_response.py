"""Response headers of every answer, and protection against requests from other sites."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.application import build_application
from api.middleware.response import ResponseMiddleware
from settings import Settings
from tests.makers.accounts import a_session, an_account
from tests.support.site import OWN_SITE, Site, codes

FOREIGN = "https://evil.example"


@pytest.mark.parametrize("path", ["/health/live", "/graphql", "/nothing/here", "/l/some-token"])
async def test_every_answer_is_sealed(site: Site, path: str) -> None:
    headers = (await site.client.get(path)).headers

    assert headers["content-security-policy"].startswith("default-src 'none';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]


async def test_pages_behind_a_link_tell_nobody_where_they_are(site: Site) -> None:
    assert (await site.client.get("/l/some-token")).headers["referrer-policy"] == "no-referrer"


async def test_a_public_https_address_is_kept_https(settings: Settings) -> None:
    public = settings.model_copy(update={"base_url": "https://werkstand.example"})
    async with AsyncClient(
        transport=ASGITransport(ResponseMiddleware(_empty, settings=public)), base_url=OWN_SITE
    ) as client:
        assert "max-age=" in (await client.get("/")).headers["strict-transport-security"]


async def test_a_well_formed_request_id_is_kept_and_another_replaced(site: Site) -> None:
    kept = await site.client.get("/health/live", headers={"x-request-id": "proxy-0123456789"})
    replaced = await site.client.get("/health/live", headers={"x-request-id": "a b\tc"})

    assert kept.headers["x-request-id"] == "proxy-0123456789"
    assert replaced.headers["x-request-id"] != "a b\tc"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_another_site_cannot_act_with_a_cookie(site: Site, headers: dict[str, str]) -> None:
    session = await a_session(await an_account())

    response = await site.ask("mutation { touch }", session=session, headers=headers)

    assert (response.status_code, codes(response)) == (403, ["FOREIGN_ORIGIN"])


@pytest.mark.parametrize("headers", [{}, {"origin": OWN_SITE}, {"origin": OWN_SITE, "sec-fetch-site": "same-origin"}])
async def test_the_own_site_and_scripts_can(site: Site, headers: dict[str, str]) -> None:
    session = await a_session(await an_account())

    assert (await site.ask("mutation { touch }", session=session, headers=headers)).status_code == 200


async def test_a_page_behind_a_link_may_answer_without_an_origin(site: Site) -> None:
    from_there = await site.client.post("/l/some-token", headers={"origin": "null", "sec-fetch-site": "same-origin"})
    from_elsewhere = await site.client.post("/l/some-token", headers={"origin": "null", "sec-fetch-site": "cross-site"})

    assert from_there.status_code != 403
    assert from_elsewhere.status_code == 403


async def test_another_site_cannot_sign_anybody_in(site: Site) -> None:
    form = {"email": "mara@werkstand.example", "password": "whatever"}

    response = await site.client.post("/sign-in", data=form, headers={"origin": FOREIGN})

    assert response.status_code == 403


async def test_a_fault_outside_graphql_is_one_sentence(site: Site, settings: Settings) -> None:
    application = build_application(site.dependencies)
    _inner(application).routes.insert(0, Route("/broken", _broken))
    async with AsyncClient(transport=ASGITransport(application), base_url=OWN_SITE) as client:
        plain = await client.get("/broken")
        page = await client.get("/broken", headers={"accept": "text/html"})

    assert (plain.status_code, page.status_code) == (500, 500)
    assert "secret" not in plain.text + page.text
    assert plain.headers["x-request-id"] in plain.text
    assert page.headers["content-type"].startswith("text/html")


async def test_a_large_form_is_refused(site: Site) -> None:
    response = await site.client.post("/sign-in", data={"email": "x" * 300_000})

    assert response.status_code == 413


async def test_a_file_to_import_is_refused_beyond_its_limit_before_it_is_read(site: Site) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1_000_000
            yield b"x" * 1_000_000

    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": "100000000"}
    response = await site.client.post("/imports/new", content=endless(), headers=headers)

    assert response.status_code == 413
    assert sent == 0


async def _broken(_: Request) -> None:
    raise RuntimeError("a secret of ours")


async def _empty(scope: Any, receive: Any, send: Any) -> None:
    await Response()(scope, receive, send)


def _inner(application: Any) -> Any:
    return application.app.app.app
