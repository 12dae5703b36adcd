"""Unsubscribing: link scanners, incomplete requests, concurrent ones and foreign browsers do not end mails."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient

from api.application import build_application
from api.auth.rate_limits import INVALID_TOKENS_OF_ADDRESS
from api.dependencies import build_dependencies, open_dependencies
from domain.parties.model import Contact, StatusMails
from settings import Settings
from tests.domain.parties.test_mail_preferences import ONE_CLICK, the_address, the_contact
from tests.makers.accounts import a_customer_account, a_session
from tests.makers.parties import a_customer
from tests.makers.records import the_events_of
from tests.support.site import OWN_SITE

pytestmark = pytest.mark.database
ELSEWHERE = {"origin": "https://mail.example", "sec-fetch-site": "cross-site"}


@pytest_asyncio.fixture(params=["with Redis", "while Redis is away"])
async def site(
    request: pytest.FixtureRequest, settings: Settings, pools: None, database: str, redis_url: str
) -> AsyncIterator[AsyncClient]:
    """A client without cookies; limits are counted here while Redis is away."""
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    dependencies = build_dependencies(settings if request.param == "with Redis" else away)
    async with open_dependencies(dependencies):
        transport = ASGITransport(build_application(dependencies), raise_app_exceptions=True)
        async with AsyncClient(transport=transport, base_url=OWN_SITE) as client:
            yield client


async def chosen(contact: Contact) -> StatusMails:
    await contact.refresh_from_db()
    return contact.status_mails


async def test_programs_that_open_links_end_nothing(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()
    address = the_address(contact, settings)

    answers = [
        await site.get(address, params=ONE_CLICK),
        await site.head(address),
        await site.get(address, headers={"purpose": "prefetch"}),
        await site.options(address),
        await site.put(address, data=ONE_CLICK),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 405, 405]
    assert await chosen(contact) is StatusMails.AT_ONCE


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"params": ONE_CLICK},
        {"json": ONE_CLICK},
        {"data": {"List-Unsubscribe": "one click"}},
        {"files": {"List-Unsubscribe": ("a.txt", b"One-Click")}},
        {"content": b"--x\r\n", "headers": {"content-type": "multipart/form-data; boundary=x"}},
    ],
    ids=str,
)
async def test_a_post_that_does_not_say_so_ends_nothing(
    site: AsyncClient, settings: Settings, sent: dict[str, Any]
) -> None:
    contact = await the_contact()

    answer = await site.post(the_address(contact, settings), **sent)

    assert answer.status_code in (400, 404)
    assert await chosen(contact) is StatusMails.AT_ONCE


async def test_a_provider_of_mail_ends_them_for_any_number_of_people(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()
    address = the_address(contact, settings)
    guesses = [await site.post("/u/guess", data=ONE_CLICK) for _ in range(INVALID_TOKENS_OF_ADDRESS.amount - 1)]

    answers = [await site.post(address, data=ONE_CLICK) for _ in range(3)]

    assert {answer.status_code for answer in guesses} == {404}
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await chosen(contact) is StatusMails.NONE


async def test_whoever_guesses_addresses_is_stopped(site: AsyncClient) -> None:
    answers = [await site.post("/u/guess", data=ONE_CLICK) for _ in range(INVALID_TOKENS_OF_ADDRESS.amount + 1)]

    assert answers[-1].status_code == 429


async def test_two_clicks_at_once_are_one_wish(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()
    address = the_address(contact, settings)

    answers = await asyncio.gather(*(site.post(address, data=ONE_CLICK) for _ in range(5)))

    assert {answer.status_code for answer in answers} == {200}
    assert await chosen(contact) is StatusMails.NONE
    assert await the_events_of(contact.id) == ["contact.chooseStatusMails"]


async def test_a_late_click_wins_over_what_was_chosen_since(site: AsyncClient, settings: Settings) -> None:
    contact = await the_contact()
    address = the_address(contact, settings)
    await site.post(address, data=ONE_CLICK)
    form = {"subject": f"con_{contact.id}", "mutation": "contactChooseStatusMails", "statusMails": "DAILY"}

    assert (await site.post(address, data=form)).status_code == 303
    assert await chosen(contact) is StatusMails.DAILY

    assert (await site.post(address, data=ONE_CLICK)).status_code == 200
    assert await chosen(contact) is StatusMails.NONE


async def test_the_address_counts_whoever_is_signed_in_there(site: AsyncClient, settings: Settings) -> None:
    tired, other = await a_customer(), await a_customer("Andere")
    contact, others = await the_contact(tired), await the_contact(other)
    cookie = {"cookie": f"__Host-werkstand={await a_session(await a_customer_account(other))}"}

    await site.post(the_address(contact, settings), data=ONE_CLICK, headers=cookie)

    assert (await chosen(contact), await chosen(others)) == (StatusMails.NONE, StatusMails.AT_ONCE)


async def test_nobody_chooses_for_another_through_their_own_address(site: AsyncClient, settings: Settings) -> None:
    contact, other = await the_contact(), await the_contact()
    form = {"subject": f"con_{other.id}", "mutation": "contactChooseStatusMails", "statusMails": "NONE"}

    assert (await site.post(the_address(contact, settings), data=form)).status_code == 404
    assert await chosen(other) is StatusMails.AT_ONCE


@pytest.mark.parametrize("path", ["/settings", "/viewing/leave", "/board/move", "/bulk/new", "/setup/rules"])
async def test_no_form_can_be_sent_from_elsewhere(site: AsyncClient, path: str) -> None:
    cookie = {"cookie": f"__Host-werkstand={await a_session(await a_customer_account(await a_customer()))}"}

    for origin in (ELSEWHERE, {"origin": "null"}, {"sec-fetch-site": "same-site"}):
        assert (await site.post(path, data={"do": "set"}, headers=cookie | origin)).status_code == 403
