"""Deactivation: every way in ends within a second, also when another process deactivates, with and without Redis."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from httpx2 import AsyncClient, Response
from websockets.asyncio.client import ClientConnection

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import build_dependencies, open_dependencies
from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.accounts.authentication.api_tokens import issue_token
from domain.accounts.model import Account
from domain.deliveries.model import DeliveryStatus
from domain.orders.model import OrderStatus
from domain.parties.model import Contact
from settings import Settings
from tests.makers.accounts import a_customer_account, a_session
from tests.makers.client_status import a_client_status
from tests.makers.deliveries import a_delivery
from tests.makers.invitations import an_invitation, by_themself, move_account, the_link
from tests.makers.orders import an_order
from tests.makers.time import berlin
from tests.support.deactivation import OtherProcess, another_process
from tests.support.links import a_status_token
from tests.support.live_server import Server, a_socket, say, serving, signed_in, the_close_code
from tests.support.people import a_review_link, an_offer_link
from tests.support.polling import PATIENCE_SECONDS

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))
SECONDS = 1
SUBSCRIPTION = "subscription { workInProgressChanged { id } }"
QUERY = {"query": "{ orders(first: 1) { totalCount } }"}


@dataclass
class Customer:
    """An account with every way in that a customer has, beside an account that waits for its invitation."""

    account: Account
    invited: Account
    session: str
    bearer: str
    links: list[str]


@pytest_asyncio.fixture(params=["with Redis", "without Redis"])
async def server(
    request: pytest.FixtureRequest, settings: Settings, database: str, redis_url: str
) -> AsyncIterator[Server]:
    url = redis_url if request.param == "with Redis" else ""
    dependencies = build_dependencies(settings.model_copy(update={"redis_url": url}))
    async with open_dependencies(dependencies), serving(dependencies) as address:
        yield Server(address, dependencies)


@pytest_asyncio.fixture
async def client(server: Server) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=f"http://{server.address}", timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest_asyncio.fixture
async def customer(server: Server) -> Customer:
    settings, case = server.dependencies.settings, await an_order(OrderStatus.AWAITING_CUSTOMER)
    delivery = await a_delivery(DeliveryStatus.DELIVERED)
    account = await a_customer_account(case.customer)
    links = [await an_offer_link(case, settings)]
    await a_client_status(delivery.around)
    reviewer = delivery.around
    await Contact.filter(customer_id=reviewer.customer.id).update(account_id=account.id)
    links += [await a_review_link(delivery, settings), f"/l/{await a_status_token(reviewer, settings)}"]
    await move_account(account, "requestPasswordReset", by_themself(account))
    invited = await an_invitation()
    for holder, purpose in ((account, LinkPurpose.RESET), (invited, LinkPurpose.INVITATION)):
        links.append(f"/l/{token((await the_link(holder, purpose)).id, purpose, settings.key(KEY_PURPOSE))}")
    return Customer(account, invited, await a_session(account), await issue_token(account.email), links)


@pytest_asyncio.fixture(scope="module")
async def processes(settings: Settings) -> AsyncIterator[Mapping[str, OtherProcess]]:
    """One process with Redis and one without it, by the URL that they are given."""
    async with AsyncExitStack() as started:
        yield {
            url: await started.enter_async_context(another_process({**os.environ, "REDIS_URL": url}))
            for url in (settings.redis_url, "")
        }


@pytest.fixture
def elsewhere(processes: Mapping[str, OtherProcess], server: Server, customer: Customer) -> OtherProcess:
    account_ids = (customer.account.id, customer.invited.id)
    return replace(processes[server.dependencies.settings.redis_url], account_ids=account_ids)


async def test_session_and_token_end(client: AsyncClient, customer: Customer, elsewhere: OtherProcess) -> None:
    ways = ({"cookie": f"{SESSION_COOKIE}={customer.session}"}, {"authorization": f"Bearer {customer.bearer}"})
    before = [await _asked(client, headers) for headers in ways]

    await elsewhere.deactivate()
    async with asyncio.timeout(SECONDS):
        while [await _asked(client, headers) for headers in ways] != [401, 401]:
            pass

    assert before == [200, 200]


async def test_mailed_links_a_pending_reset_and_a_pending_invitation_end_at_once(
    client: AsyncClient, customer: Customer, elsewhere: OtherProcess
) -> None:
    before = [(await client.get(link)).status_code for link in customer.links]

    await elsewhere.deactivate()
    after = [(await client.get(link)).status_code for link in customer.links]

    offer, review, status, reset, invitation = after
    assert before == [200] * 5
    assert (offer, review, reset, invitation) == (410, 410, 410, 410)
    assert status == 404


async def test_sockets_end_whatever_opened_them(server: Server, customer: Customer, elsewhere: OtherProcess) -> None:
    mailed = [f"Link {link.removeprefix('/l/')}" for link in customer.links[:3]]
    async with AsyncExitStack() as opened:
        ways = ({}, *({"authorization": each} for each in (f"Bearer {customer.bearer}", *mailed)))
        sockets = [await opened.enter_async_context(_socket(server, customer, way)) for way in ways]
        await say(sockets[1], id="1", type="subscribe", payload={"query": SUBSCRIPTION})

        await elsewhere.deactivate()
        async with asyncio.timeout(SECONDS):
            codes = await asyncio.gather(*map(the_close_code, sockets))

    assert codes == [4401] * 5


async def test_streams_end_on_a_page_and_of_a_subscription(
    server: Server, client: AsyncClient, customer: Customer, elsewhere: OtherProcess
) -> None:
    cookie = {"cookie": f"{SESSION_COOKIE}={customer.session}"}
    query = {"query": SUBSCRIPTION}
    async with (
        client.stream("GET", "/live", headers=cookie) as page,
        client.stream("POST", "/portal/graphql/stream", headers=cookie, json=query) as subscription,
    ):
        await _subscribed(server, 2)

        await elsewhere.deactivate()
        async with asyncio.timeout(SECONDS):
            told, last = await asyncio.gather(_lines(page), _lines(subscription))

    assert 'data: {"kind":"ended"}' in [line.replace(" ", "").replace("data:", "data: ") for line in told]
    assert "event: complete" in last


@asynccontextmanager
async def _socket(server: Server, customer: Customer, way: dict[str, str]) -> AsyncIterator[ClientConnection]:
    """A socket that is signed in by what its first message says, or by the session."""
    async with a_socket(server.address, path="/portal/graphql", session=customer.session) as socket:
        await signed_in(socket, **way)
        yield socket


async def _asked(client: AsyncClient, headers: dict[str, str]) -> int:
    return (await client.post("/portal/graphql", json=QUERY, headers=headers)).status_code


async def _subscribed(server: Server, count: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(server.dependencies.change_feed._subscribers) < count:  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.01)


async def _lines(response: Response) -> list[str]:
    """All lines until the server ends the stream, or says on a page that it has ended."""
    return [line async for line in response.aiter_lines()]
