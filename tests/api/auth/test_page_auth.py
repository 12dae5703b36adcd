"""Sign-in and sign-out through the pages, and the limits on attempts."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from starlette.requests import Request
from starlette.responses import Response

from api.auth.authentication import SESSION_COOKIE, Authenticator
from api.auth.page_auth import PageAuth
from api.auth.rate_limits import (
    FAILED_SIGN_INS_OF_ADDRESS,
    FAILED_SIGN_INS_OF_PAIR,
    LINK_VISITS_OF_ADDRESS,
    Limit,
    RateLimiter,
)
from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.authentication.bearer_secrets import digest
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.orders.model import OrderStatus
from portal_views.web.ports.auth import AuthRefusal, LinkState, MailedLink
from settings import Settings
from tests.makers.accounts import PASSWORD, a_session, actor_of_session, an_account
from tests.makers.orders import an_order
from tests.support.links import end_links, issue_link

pytestmark = pytest.mark.database
WRONG = "not the right password"


@pytest_asyncio.fixture
async def limiter(redis_url: str) -> AsyncIterator[RateLimiter]:
    async with Redis.from_url(redis_url) as redis:
        yield RateLimiter(redis)


@pytest.fixture
def gate(settings: Settings, limiter: RateLimiter) -> PageAuth:
    return PageAuth(settings, Authenticator(settings), limiter)


async def test_signing_in_gives_a_session_for_the_cookie(gate: PageAuth) -> None:
    account = await an_account(Role.STAFF, Role.ADMIN)

    passed = await gate.sign_in(a_request(), account.email, PASSWORD)
    visitor = await gate.visitor(a_request(session=passed.session_secret or ""))

    assert visitor is not None
    assert (visitor.email, visitor.role, visitor.roles) == (account.email, "STAFF", ("STAFF", "ADMIN"))


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(gate: PageAuth) -> None:
    account = await an_account()

    wrong = await gate.sign_in(a_request(), account.email, WRONG)
    unknown = await gate.sign_in(a_request(), "nobody@werkstand.example", WRONG)

    assert wrong == unknown
    assert [each.message for each in wrong.refusals] == ["Die E-Mail-Adresse oder das Passwort ist nicht richtig."]


async def test_the_session_cookie_is_locked_to_this_site(gate: PageAuth) -> None:
    response = Response()
    gate.set_session_cookie(response, "secret")

    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-werkstand=secret;")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_leaving_takes_the_cookie_away(gate: PageAuth) -> None:
    response = Response()
    gate.clear_session_cookie(response)

    assert "Max-Age=0" in response.headers["set-cookie"]
    assert "Secure" in response.headers["set-cookie"]


async def test_signing_out_is_felt_at_once(gate: PageAuth) -> None:
    session = await a_session(await an_account())
    assert await gate.visitor(a_request(session=session)) is not None

    await gate.sign_out(a_request(session=session))

    assert await gate.visitor(a_request(session=session)) is None


async def test_after_ten_wrong_passwords_an_address_has_to_wait(gate: PageAuth, limiter: RateLimiter) -> None:
    account = await an_account()
    await all_but_one_failed(limiter, account.email, "192.0.2.99")
    await gate.sign_in(a_request(address="192.0.2.99"), account.email, WRONG)

    passed = await gate.sign_in(a_request(address="192.0.2.99"), account.email.upper(), PASSWORD)

    assert passed.session_secret is None
    assert passed.refusals[0].code == "too_many_attempts"
    assert 0 < (passed.refusals[0].retry_after_seconds or 0) <= 900


async def test_right_passwords_are_not_counted(gate: PageAuth, limiter: RateLimiter) -> None:
    account = await an_account()
    await all_but_one_failed(limiter, account.email)

    for _ in range(2):
        assert (await gate.sign_in(a_request(), account.email, PASSWORD)).session_secret


async def test_an_address_that_tries_many_accounts_has_to_wait(gate: PageAuth, limiter: RateLimiter) -> None:
    account = await an_account()
    for _ in range(FAILED_SIGN_INS_OF_ADDRESS.amount - 1):
        await limiter.hit(Limit(FAILED_SIGN_INS_OF_ADDRESS, "192.0.2.1"))
    await gate.sign_in(a_request(), "nobody@werkstand.example", WRONG)

    here = await gate.sign_in(a_request(), account.email, PASSWORD)
    elsewhere = await gate.sign_in(a_request(address="192.0.2.2"), account.email, PASSWORD)

    assert (here.session_secret, here.refusals[0].code) == (None, "too_many_attempts")
    assert elsewhere.session_secret is not None


@pytest.mark.parametrize("redis_is_away", [True, False])
async def test_limits_hold_without_redis_and_let_others_in(settings: Settings, redis_is_away: bool) -> None:
    redis = Redis.from_url("redis://127.0.0.1:1/0") if redis_is_away else None
    limiter = RateLimiter(redis)
    gate = PageAuth(settings, Authenticator(settings), limiter)
    victim, other = await an_account(), await an_account()
    await all_but_one_failed(limiter, victim.email)
    await gate.sign_in(a_request(), victim.email, WRONG)

    assert (await gate.sign_in(a_request(), victim.email, PASSWORD)).session_secret is None
    assert (await gate.sign_in(a_request(), other.email, PASSWORD)).session_secret is not None


async def test_switching_the_role_gives_another_session(gate: PageAuth) -> None:
    session = await a_session(await an_account(Role.MEMBER, Role.STAFF))

    passed = await gate.switch_role(a_request(session=session), "STAFF")

    assert passed.session_secret is not None
    actor = await actor_of_session(passed.session_secret)
    assert actor is not None
    assert actor.role is Role.STAFF
    assert await gate.visitor(a_request(session=session)) is None


@pytest.mark.parametrize("role", ["ADMIN", "CLOCK", "nonsense", ""])
async def test_a_role_that_is_not_theirs_is_refused(gate: PageAuth, role: str) -> None:
    session = await a_session(await an_account(Role.STAFF))

    passed = await gate.switch_role(a_request(session=session), role)

    assert [each.code for each in passed.refusals] == ["not_your_role"]


async def test_a_password_that_breaks_rules_is_refused_with_each_sentence(gate: PageAuth) -> None:
    session = await a_session(await an_account())

    passed = await gate.change_password(a_request(session=session), PASSWORD, "short", keeps_tokens=False)

    assert [each.message for each in passed.refusals] == ["Please choose a password of at least 12 characters."]


async def test_a_link_nobody_signed_is_unknown(gate: PageAuth, settings: Settings) -> None:
    signed_but_gone = token(new_id(), LinkPurpose.OFFER, settings.key(KEY_PURPOSE))

    for text in ("nonsense", signed_but_gone):
        visit = await gate.mailed_link(a_request(language="en"), text)
        assert visit == MailedLink(state=LinkState.UNKNOWN, language="en")


async def test_an_address_cannot_try_links_forever(gate: PageAuth) -> None:
    for _ in range(LINK_VISITS_OF_ADDRESS.amount):
        await gate.mailed_link(a_request(), "nonsense")

    refused = await gate.mailed_link(a_request(), "nonsense")

    assert isinstance(refused, AuthRefusal)
    assert refused.code == "too_many_attempts"


async def test_an_open_link_shows_its_order_in_the_language_asked_for(gate: PageAuth, settings: Settings) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    link = await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    text = token(link, LinkPurpose.OFFER, settings.key(KEY_PURPOSE))

    visit = await gate.mailed_link(a_request(query="lang=en"), text)

    assert isinstance(visit, MailedLink)
    assert (visit.state, visit.language, visit.order_id) == (LinkState.OPEN, "en", f"ord_{case.order.id}")
    assert visit.visitor is not None
    assert visit.visitor.language == "en"


async def test_a_withdrawn_link_shows_nothing_but_why(gate: PageAuth, settings: Settings) -> None:
    case = await an_order(OrderStatus.IN_REVIEW)
    link = await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    await end_links(case.order.id, LinkPurpose.OFFER, LinkEnd.WITHDRAWN)

    visit = await gate.mailed_link(a_request(), token(link, LinkPurpose.OFFER, settings.key(KEY_PURPOSE)))

    assert visit == MailedLink(state=LinkState.WITHDRAWN, language="de", purpose="OFFER")


async def all_but_one_failed(limiter: RateLimiter, email: str, address: str = "192.0.2.1") -> None:
    for _ in range(FAILED_SIGN_INS_OF_PAIR.amount - 1):
        await limiter.hit(Limit(FAILED_SIGN_INS_OF_PAIR, f"{digest(email)} {address}"))


def a_request(*, session: str = "", address: str = "192.0.2.1", language: str = "de", query: str = "") -> Request:
    headers = [(b"cookie", f"{SESSION_COOKIE}={session}".encode()), (b"accept-language", language.encode())]
    return Request(
        {"type": "http", "headers": headers, "client": (address, 1234), "state": {}, "query_string": query.encode()}
    )
