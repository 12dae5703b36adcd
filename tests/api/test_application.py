"""The application as a process of its own, with both real schemas."""

import asyncio
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from httpx2 import AsyncClient, Response, TransportError

from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from settings import Settings
from tests.makers.accounts import a_customer_account, an_account
from tests.makers.parties import a_customer
from tests.support.polling import PATIENCE_SECONDS
from tests.support.site import codes, content


@pytest_asyncio.fixture(scope="module")
async def client_of_module(settings: Settings) -> AsyncIterator[AsyncClient]:
    async with a_process() as (client, _):
        yield client


@pytest.fixture
def client(client_of_module: AsyncClient, database: str) -> AsyncClient:
    """A client of one process, which all tests share that do not end it."""
    return client_of_module


async def test_it_starts_answers_and_ends_when_asked(settings: Settings, database: str) -> None:
    async with a_process() as (client, process):
        ready = await client.get("/health/ready")
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)

    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert code in (0, -signal.SIGTERM)


async def test_it_ends_although_somebody_listens(settings: Settings, database: str) -> None:
    headers = {"authorization": f"Bearer {await issue_token((await an_account(Role.STAFF)).email)}"}
    query = {"query": "subscription { orderChanged { id } }"}

    async with (
        a_process() as (client, process),
        client.stream("POST", "/graphql/stream", json=query, headers=headers) as response,
    ):
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)

    assert response.status_code == 200


async def test_both_schemas_answer_whom_they_are_for(client: AsyncClient) -> None:
    staff = await issue_token((await an_account(Role.STAFF)).email)
    customer = await issue_token((await a_customer_account(await a_customer())).email)

    for path, own, other in (("/graphql", staff, customer), ("/portal/graphql", customer, staff)):
        assert content(await asked(client, path, own)) == {"data": {"__typename": "Query"}}
        assert codes(await asked(client, path, other)) == ["WRONG_ENDPOINT"]


async def test_the_pages_are_there(client: AsyncClient) -> None:
    page = await client.get("/sign-in")
    missing = await client.get("/nothing-here", headers={"accept": "text/html", "accept-language": "en"})

    assert page.status_code == 200
    assert missing.status_code == 404
    assert missing.headers["content-type"].startswith("text/html")


async def asked(client: AsyncClient, path: str, token: str) -> Response:
    return await client.post(path, json={"query": "{ __typename }"}, headers={"authorization": f"Bearer {token}"})


@asynccontextmanager
async def a_process() -> AsyncIterator[tuple[AsyncClient, Process]]:
    """The application served by a process of its own, ready to answer."""
    port = a_free_port()
    command = [sys.executable, "-m", "uvicorn", "api.application:application", "--port", str(port)]
    process = await create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
    try:
        async with AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_SECONDS) as client:
            await asyncio.wait_for(until_it_answers(client), PATIENCE_SECONDS)
            yield client, process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def until_it_answers(client: AsyncClient) -> None:
    while True:
        try:
            await client.get("/health/live")
        except TransportError:
            await asyncio.sleep(0.1)
        else:
            return


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
