"""Strangers who guess are stopped or slowed down, and the owner's known device is not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from starlette.requests import Request
from tortoise import connections

from api.auth.authentication import SESSION_COOKIE, Authenticator
from api.auth.known_device import DEVICE_COOKIE, STATE
from api.auth.page_auth import PageAuth
from api.auth.rate_limits import FAILED_SIGN_INS_OF_ACCOUNT, FAILED_SIGN_INS_OF_PAIR, MOST_WAITING, RateLimiter
from settings import Settings
from tests.makers.accounts import PASSWORD, an_account

pytestmark = pytest.mark.database
WRONG = "not the right password"
OWNER, STRANGER = "192.0.2.1", "198.51.100.7"


class Waits:
    """What answers waited, in seconds; they go on at once unless `hold` is set."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.go_on.wait()


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest_asyncio.fixture(params=["redis", "memory"])
async def gate(
    request: pytest.FixtureRequest, settings: Settings, redis_url: str, waits: Waits
) -> AsyncIterator[PageAuth]:
    async with Redis.from_url(redis_url) as redis:
        limiter = RateLimiter(redis if request.param == "redis" else None, waits)
        yield PageAuth(settings, Authenticator(settings), limiter)


def a_request(address: str, *, device: str = "", session: str = "", forwarded: str = "") -> Request:
    cookies = f"{SESSION_COOKIE}={session}; {DEVICE_COOKIE}={device}"
    headers = [(b"cookie", cookies.encode()), (b"accept-language", b"en")]
    if forwarded:
        headers.append((b"x-forwarded-for", forwarded.encode()))
    return Request({"type": "http", "headers": headers, "client": (address, 1234), "state": {}, "query_string": b""})


async def the_device_of(gate: PageAuth, email: str) -> str:
    """The cookie that a sign-in leaves in the owner's browser."""
    request = a_request(OWNER)
    assert (await gate.sign_in(request, email, PASSWORD)).session_secret
    token: str = getattr(request.state, STATE)
    return token


async def is_let_in(gate: PageAuth, request: Request, email: str) -> bool:
    return (await gate.sign_in(request, email, PASSWORD)).session_secret is not None


async def guess(gate: PageAuth, email: str, *, times: int, address: str = STRANGER, forwarded: str = "") -> None:
    for _ in range(times):
        await gate.sign_in(a_request(address, forwarded=forwarded), email, WRONG)


async def test_guesses_from_one_address_do_not_lock_the_owner_out(gate: PageAuth) -> None:
    account = await an_account()

    await guess(gate, account.email, times=FAILED_SIGN_INS_OF_PAIR.amount + 1)

    assert not await is_let_in(gate, a_request(STRANGER), account.email)
    assert await is_let_in(gate, a_request(OWNER), account.email)


async def test_guesses_from_many_addresses_get_slower_and_lock_no_one_out(gate: PageAuth, waits: Waits) -> None:
    account = await an_account()

    for number in range(FAILED_SIGN_INS_OF_ACCOUNT.amount + 8):
        await guess(gate, account.email, times=1, address=f"198.51.100.{number}")

    assert waits.seconds == [0.25, 0.5, 1, 2, 4, 8, 8, 8]
    assert await is_let_in(gate, a_request(OWNER), account.email)


async def test_a_known_device_does_not_wait(gate: PageAuth, waits: Waits) -> None:
    account = await an_account()
    device = await the_device_of(gate, account.email)
    for number in range(FAILED_SIGN_INS_OF_ACCOUNT.amount + 1):
        await guess(gate, account.email, times=1, address=f"198.51.100.{number}")
    waited = len(waits.seconds)

    assert await is_let_in(gate, a_request(STRANGER, device=device), account.email)
    assert len(waits.seconds) == waited


async def test_a_known_device_has_a_limit_of_its_own(gate: PageAuth) -> None:
    account, other = await an_account(), await an_account()
    device = await the_device_of(gate, account.email)

    for _ in range(FAILED_SIGN_INS_OF_PAIR.amount):
        await gate.sign_in(a_request(OWNER, device=device), account.email, WRONG)

    assert not await is_let_in(gate, a_request(OWNER, device=device), account.email)
    assert await is_let_in(gate, a_request(OWNER), account.email)
    assert await is_let_in(gate, a_request(OWNER, device=device), other.email)


async def test_of_parallel_guesses_no_more_wait_than_a_process_bears(gate: PageAuth, waits: Waits) -> None:
    account = await an_account()
    for number in range(FAILED_SIGN_INS_OF_ACCOUNT.amount):
        await guess(gate, account.email, times=1, address=f"198.51.100.{number}")
    waits.go_on.clear()

    requests = [a_request(f"203.0.113.{number}") for number in range(MOST_WAITING + 3)]
    tasks = [asyncio.create_task(gate.sign_in(each, account.email, WRONG)) for each in requests]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    waits.go_on.set()
    codes = [(await task).refusals[0].code for task in tasks]

    assert {task.result().refusals[0].code for task in done} == {"too_many_attempts"}
    assert codes.count("too_many_attempts") == 3
    assert codes.count("wrong_credentials") == MOST_WAITING


async def test_an_address_that_stands_for_many_locks_no_one_out(gate: PageAuth, waits: Waits) -> None:
    account, other = await an_account(), await an_account()

    await guess(gate, account.email, times=60, forwarded="198.51.100.7")

    assert await is_let_in(gate, a_request(STRANGER, forwarded="203.0.113.9"), other.email)
    assert await is_let_in(gate, a_request(STRANGER, forwarded="203.0.113.9"), account.email)
    assert waits.seconds[-1] == 8
    assert await the_reported_proxies() == 1


async def test_a_named_proxys_header_spares_no_one(settings: Settings, redis_url: str) -> None:
    named = settings.model_copy(update={"trusted_proxies": "192.0.2.250"})
    async with Redis.from_url(redis_url) as redis:
        gate = PageAuth(named, Authenticator(named), RateLimiter(redis, Waits()))
        account = await an_account()

        await guess(gate, account.email, times=FAILED_SIGN_INS_OF_PAIR.amount, forwarded="203.0.113.9")

        assert not await is_let_in(gate, a_request(STRANGER, forwarded="203.0.113.9"), account.email)


@pytest.mark.parametrize("ending", ["everywhere", "password"])
async def test_a_device_is_forgotten_with_the_password_and_when_all_sessions_end(gate: PageAuth, ending: str) -> None:
    account = await an_account()
    first = a_request(OWNER)
    session = (await gate.sign_in(first, account.email, PASSWORD)).session_secret or ""
    if ending == "everywhere":
        await gate.sign_out_everywhere(a_request(OWNER, session=session))
    else:
        changed = a_request(OWNER, session=session)
        assert (
            await gate.change_password(changed, PASSWORD, "another long phrase 7", keeps_tokens=True)
        ).session_secret
        assert getattr(changed.state, STATE) != getattr(first.state, STATE)
    device = getattr(first.state, STATE)

    for _ in range(FAILED_SIGN_INS_OF_PAIR.amount):
        await gate.sign_in(a_request(STRANGER, device=device), account.email, WRONG)

    assert not await is_let_in(gate, a_request(STRANGER), account.email)


async def test_a_forged_device_is_a_stranger(gate: PageAuth) -> None:
    account = await an_account()
    device = await the_device_of(gate, account.email)

    for forged in (device[:-1] + ("0" if device[-1] != "0" else "1"), "nonsense", "a.b", "", "ü" * 500):
        await gate.sign_in(a_request(STRANGER, device=forged), account.email, WRONG)
    await guess(gate, account.email, times=FAILED_SIGN_INS_OF_PAIR.amount - 5)

    assert not await is_let_in(gate, a_request(STRANGER), account.email)


async def the_reported_proxies() -> int:
    rows = await connections.get("default").execute_query_dict("SELECT 1 FROM heartbeats WHERE name = 'unnamed-proxy'")
    return len(rows)
