"""Revoked access: a feed ends with the access it began with, over a socket and on an open page."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from httpx2 import AsyncClient

from api.auth.authentication import SESSION_COOKIE
from api.live import visible_changes
from domain.accounts.authentication.sign_in import sign_out_everywhere
from domain.accounts.model import Account, AccountStatus, Session
from domain.client_status.inputs import StatusInput
from domain.kernel.actors import Role
from domain.parties.model import Contact
from tests.api.live.test_work_in_progress import WORK
from tests.makers.accounts import a_customer_account, a_session, an_account, the_recognised
from tests.makers.client_status import a_client_status, move_client_status
from tests.makers.invitations import move_account
from tests.makers.orders import Case
from tests.support.live_server import Server, a_socket, hear, listening, say, signed_in, the_close_code
from tests.support.polling import PATIENCE_SECONDS

Loss = Callable[[Account, str], Awaitable[object]]
TABS = 8


async def signs_out_everywhere(account: Account, session: str) -> None:
    await sign_out_everywhere(await the_recognised(session))


async def is_disabled(account: Account, session: str) -> None:
    await Account.filter(id=account.id).update(status=AccountStatus.DEACTIVATED)


async def loses_the_role(account: Account, session: str) -> None:
    await Account.filter(id=account.id).update(roles=["MEMBER"])


async def is_no_contact_any_more(account: Account, session: str) -> None:
    await Contact.filter(account_id=account.id).update(account_id=None)


async def must_change_the_password(account: Account, session: str) -> None:
    await Account.filter(id=account.id).update(must_change_password=True)


async def has_no_session_any_more(account: Account, session: str) -> None:
    await Session.filter(account_id=account.id).delete()


losses = pytest.mark.parametrize(
    "loss",
    [
        signs_out_everywhere,
        is_disabled,
        loses_the_role,
        is_no_contact_any_more,
        must_change_the_password,
        has_no_session_any_more,
    ],
)


@pytest.fixture(autouse=True)
def a_page_listens_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visible_changes, "PAGE_REPLAY", visible_changes.NO_REPLAY)


async def a_follower() -> tuple[Case, Account, str]:
    case = await a_client_status()
    account = await a_customer_account(case.customer)
    return case, account, await a_session(account)


async def something_changes(case: Case) -> None:
    await move_client_status(case, "update", StatusInput(label="PLANTED"))


async def told_on_a_page(server: Server, session: str, kinds: list[str]) -> None:
    """Collect the kinds of change that a page receives until the feed ends."""
    headers = {"cookie": f"{SESSION_COOKIE}={session}"}
    client = AsyncClient(base_url=f"http://{server.address}", timeout=PATIENCE_SECONDS)
    async with client, client.stream("GET", "/live", headers=headers) as response:
        async for line in response.aiter_lines():
            assert "PLANTED" not in line
            if line.startswith("data: "):
                kinds.append(json.loads(line.removeprefix("data: "))["kind"])
            if kinds[-1:] == ["ended"]:
                break


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 - only tests wait for this
            await asyncio.sleep(0.01)


@losses
async def test_a_socket_is_closed_before_a_word_is_said(server: Server, loss: Loss) -> None:
    case, account, session = await a_follower()
    async with a_socket(server.address, path="/portal/graphql", session=session) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": WORK})
        await listening(server.dependencies.change_feed)

        await loss(account, session)
        await something_changes(case)

        assert await the_close_code(socket) == 4401


@losses
async def test_a_page_is_told_nothing_but_that_it_has_ended(server: Server, loss: Loss) -> None:
    case, account, session = await a_follower()
    kinds: list[str] = []
    page = asyncio.ensure_future(told_on_a_page(server, session, kinds))
    await listening(server.dependencies.change_feed)

    await loss(account, session)
    await something_changes(case)

    await page
    assert kinds == ["ended"]


async def test_every_tab_is_told_and_every_tab_ends(server: Server) -> None:
    case, account, session = await a_follower()
    told: list[list[str]] = [[] for _ in range(TABS)]
    tabs = [asyncio.ensure_future(told_on_a_page(server, session, kinds)) for kinds in told]
    await until(lambda: len(server.dependencies.change_feed._subscribers) == TABS)

    await something_changes(case)
    await until(lambda: all(told))
    await is_disabled(account, session)
    await move_client_status(case, "hide")

    await asyncio.gather(*tabs)
    assert told == [["statuses", "ended"]] * TABS
    assert not server.dependencies.change_feed.has_subscribers


async def test_one_tab_that_is_closed_leaves_the_others_listening(server: Server) -> None:
    case, _, session = await a_follower()
    async with a_socket(server.address, path="/portal/graphql", session=session) as socket:
        await signed_in(socket)
        for tab in ("1", "2"):
            await say(socket, id=tab, type="subscribe", payload={"query": WORK})
        await until(lambda: len(server.dependencies.change_feed._subscribers) == 2)

        await say(socket, id="1", type="complete")
        await something_changes(case)

        assert (await hear(socket))["id"] == "2"


async def test_an_idle_socket_is_closed_within_a_second_of_the_deactivation(server: Server) -> None:
    account = await an_account(Role.STAFF)
    async with a_socket(server.address, session=await a_session(account)) as socket:
        await signed_in(socket)

        await move_account(account, "deactivate")

        async with asyncio.timeout(1):
            assert await the_close_code(socket) == 4401


async def test_an_idle_page_ends_within_a_second_of_the_deactivation(server: Server) -> None:
    _, account, session = await a_follower()
    kinds: list[str] = []
    page = asyncio.ensure_future(told_on_a_page(server, session, kinds))
    await listening(server.dependencies.change_feed)

    await move_account(account, "deactivate")

    async with asyncio.timeout(1):
        await page
    assert kinds == ["ended"]
