"""Pages of other origins that the settings allow."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient
from websockets.exceptions import InvalidStatus

from api.application import build_application
from api.dependencies import Dependencies, build_dependencies, open_dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from settings import Environment, Settings
from tests.makers.accounts import a_session, an_account
from tests.support.live_server import a_socket, say, serving, signed_in, the_close_code
from tests.support.site import OWN_SITE, Site, codes, small_schemas

APP = "https://app.example"


@pytest_asyncio.fixture
async def dependencies(settings: Settings, pools: None, redis_url: str) -> AsyncIterator[Dependencies]:
    allowing = settings.model_copy(update={"allowed_origins": f"https://other.example, {APP}/"})
    async with open_dependencies(dependencies := build_dependencies(allowing, small_schemas())):
        yield dependencies


@pytest_asyncio.fixture
async def site(dependencies: Dependencies, database: str) -> AsyncIterator[Site]:
    transport = ASGITransport(build_application(dependencies))
    async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
        yield Site(dependencies, client)


async def test_a_preflight_of_an_allowed_origin_passes(site: Site) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}

    answer = await site.client.options("/graphql", headers={"origin": APP, **asked})

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, APP)
    assert answer.headers["access-control-allow-headers"] == "authorization,content-type"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(("path", "origin"), [("/graphql", "https://evil.example"), ("/sign-in", APP)])
async def test_no_other_origin_and_no_other_path_passes(site: Site, path: str, origin: str) -> None:
    answer = await site.client.options(path, headers={"origin": origin, "access-control-request-method": "POST"})

    assert "access-control-allow-origin" not in answer.headers


async def test_in_development_pages_of_this_machine_pass(settings: Settings) -> None:
    assert settings.allows_origin("http://localhost:5173")
    assert not settings.allows_origin("http://localhost.evil.example")
    assert not settings.allows_origin("http://[localhost")
    assert not settings.model_copy(update={"environment": Environment.PRODUCTION}).allows_origin("http://localhost")


async def test_an_allowed_page_reads_the_answer_to_its_token(site: Site) -> None:
    bearer = await issue_token((await an_account(Role.ADMIN)).email)

    answer = await site.ask("{ who }", headers={"origin": APP, "authorization": f"Bearer {bearer}"})

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, APP)
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


async def test_a_cookie_of_an_allowed_page_opens_nothing(site: Site) -> None:
    answer = await site.ask("{ who }", session=await a_session(await an_account()), headers={"origin": APP})

    assert (answer.status_code, codes(answer)) == (401, ["UNAUTHENTICATED"])
    assert answer.headers["access-control-allow-origin"] == APP


async def test_a_socket_of_an_allowed_page_needs_a_token(dependencies: Dependencies, database: str) -> None:
    account = await an_account(Role.STAFF)
    session, token = await a_session(account), await issue_token(account.email)

    async with serving(dependencies) as address:
        async with a_socket(address, session=session, origin=APP) as socket:
            await signed_in(socket, Authorization=f"Bearer {token}")
        async with a_socket(address, session=session, origin=APP) as socket:
            await say(socket, type="connection_init")
            assert await the_close_code(socket) == 4403
        with pytest.raises(InvalidStatus):
            async with a_socket(address, session=session, origin="https://evil.example"):
                pass
