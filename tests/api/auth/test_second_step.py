"""The second step of a sign-in through the pages' port: bound to its browser and limited in attempts."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from starlette.requests import Request
from starlette.responses import Response

from api.auth.authentication import Authenticator
from api.auth.page_auth import PageAuth
from api.auth.page_second_step import PENDING_COOKIE, PageSecondStep
from api.auth.rate_limits import FAILED_CODES_OF_ACCOUNT, RateLimiter
from settings import Settings
from tests.makers.accounts import PASSWORD, actor_of_session, an_account
from tests.support.second_factors import a_pending_sign_in, an_app

pytestmark = pytest.mark.database
WRONG = "000000"


@pytest_asyncio.fixture
async def limiter(redis_url: str) -> AsyncIterator[RateLimiter]:
    async with Redis.from_url(redis_url) as redis:
        yield RateLimiter(redis)


@pytest.fixture
def step(settings: Settings, limiter: RateLimiter) -> PageSecondStep:
    return PageSecondStep(settings, Authenticator(settings), limiter)


async def test_a_right_password_gives_a_pending_sign_in_and_no_session(
    settings: Settings, limiter: RateLimiter, step: PageSecondStep
) -> None:
    account = await an_account()
    app = await an_app(account)

    first = await PageAuth(settings, Authenticator(settings), limiter).sign_in(a_request(), account.email, PASSWORD)
    second = await step.complete_with_code(a_request(first.pending_secret or ""), app.code())

    assert first.session_secret is None
    assert await actor_of_session(second.session_secret or "") is not None


async def test_after_five_wrong_codes_an_account_has_to_wait(step: PageSecondStep) -> None:
    account = await an_account()
    app = await an_app(account)
    for _ in range(FAILED_CODES_OF_ACCOUNT.amount):
        refused = await step.complete_with_code(a_request(await a_pending_sign_in(account)), WRONG)
        assert [each.code for each in refused.refusals] == ["wrong_code"]

    limited = await step.complete_with_code(a_request(await a_pending_sign_in(account)), app.code())

    assert [each.code for each in limited.refusals] == ["too_many_attempts"]
    assert limited.session_secret is None


async def test_wrong_codes_of_one_account_do_not_hold_up_another(step: PageSecondStep) -> None:
    account, other = await an_account(), await an_account()
    await an_app(account)
    app = await an_app(other)
    for _ in range(FAILED_CODES_OF_ACCOUNT.amount):
        await step.complete_with_code(a_request(await a_pending_sign_in(account)), WRONG)

    passed = await step.complete_with_code(a_request(await a_pending_sign_in(other)), app.code())

    assert passed.session_secret is not None


async def test_another_browser_cannot_complete_the_sign_in(step: PageSecondStep) -> None:
    account = await an_account()
    app = await an_app(account)
    await a_pending_sign_in(account)

    refused = await step.complete_with_code(a_request("another browser's cookie"), app.code())

    assert [each.code for each in refused.refusals] == ["sign_in_is_over"]


async def test_the_cookie_of_the_second_step_is_locked_to_this_site_and_short(step: PageSecondStep) -> None:
    response = Response()
    step.set_pending_cookie(response, "secret")

    parts = set(response.headers["set-cookie"].split("; "))
    assert {f"{PENDING_COOKIE}=secret", "HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=300"} <= parts


def a_request(pending: str = "") -> Request:
    headers = [(b"cookie", f"{PENDING_COOKIE}={pending}".encode()), (b"accept-language", b"en")]
    return Request(
        {"type": "http", "headers": headers, "client": ("192.0.2.1", 1234), "state": {}, "query_string": b""}
    )
