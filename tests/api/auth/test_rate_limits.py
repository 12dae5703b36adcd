"""Limits hold against attempts that are made at once, with Redis and without it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from limits import RateLimitItemPerMinute
from redis.asyncio import Redis

from api.auth.rate_limits import Limit, RateLimited, RateLimiter

FIVE = Limit(RateLimitItemPerMinute(5, 15, namespace="five"), "somebody")
TWO = Limit(RateLimitItemPerMinute(2, 15, namespace="two"), "an address")


@pytest.fixture(params=["redis", "memory"])
async def limiter(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[RateLimiter]:
    if request.param == "memory":
        yield RateLimiter(None)
        return
    async with Redis.from_url(redis_url) as redis:
        yield RateLimiter(redis)


async def attempt(limiter: RateLimiter, *limits: Limit, fails: bool = True) -> bool:
    """Whether the attempt was judged."""
    try:
        async with limiter.limit_failures(*limits) as judged:
            await asyncio.sleep(0)
            judged.has_failed = fails
    except RateLimited:
        return False
    return True


async def test_of_many_guesses_at_once_no_more_are_judged_than_the_limit_allows(limiter: RateLimiter) -> None:
    judged = await asyncio.gather(*(attempt(limiter, FIVE) for _ in range(25)))

    assert sum(judged) == 5


async def test_what_succeeds_does_not_count(limiter: RateLimiter) -> None:
    for _ in range(10):
        assert await attempt(limiter, FIVE, fails=False)

    assert [await attempt(limiter, FIVE) for _ in range(6)] == [True] * 5 + [False]


async def test_an_attempt_refused_by_one_limit_does_not_count_for_the_other(limiter: RateLimiter) -> None:
    for _ in range(10):
        await attempt(limiter, FIVE, TWO)

    assert [await attempt(limiter, FIVE) for _ in range(4)] == [True, True, True, False]
