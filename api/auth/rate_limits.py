"""Rate limits of sign-in and mailed links, counted in Redis, or in memory while Redis is unavailable."""

import asyncio
import ipaddress
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from redis.asyncio import Redis
from starlette.requests import HTTPConnection

from api.ops.metrics import RATE_LIMITED
from domain.kernel.runtime.circuit_breaker import circuit_of

# A pair is an account as one client address tries it. Beyond the amount of an account the answers only get slower.
FAILED_SIGN_INS_OF_PAIR = RateLimitItemPerMinute(10, 15, namespace="sign-in-pair")
FAILED_SIGN_INS_OF_ACCOUNT = RateLimitItemPerMinute(10, 15, namespace="sign-in-account")
FAILED_SIGN_INS_OF_ADDRESS = RateLimitItemPerMinute(50, 15, namespace="sign-in-address")
FAILED_SIGN_INS_OF_DEVICE = RateLimitItemPerMinute(10, 15, namespace="sign-in-device")
RESETS_OF_ADDRESS = RateLimitItemPerMinute(20, 15, namespace="reset-address")
RESETS_OF_PAIR = RateLimitItemPerHour(5, 1, namespace="reset-pair")
RESETS_OF_ACCOUNT = RateLimitItemPerHour(15, 1, namespace="reset-account")
RESETS_OF_DEVICE = RateLimitItemPerHour(5, 1, namespace="reset-device")
EMAIL_CHANGES_OF_ACCOUNT = RateLimitItemPerHour(5, 1, namespace="email-change")
# Six digits bear few guesses, so that strangers are stopped for each account, and its known devices are not.
FAILED_CODES_OF_ACCOUNT = RateLimitItemPerMinute(5, 15, namespace="second-factor")
FAILED_CODES_OF_DEVICE = RateLimitItemPerMinute(5, 15, namespace="second-factor-device")
PASSKEY_CHALLENGES_OF_ADDRESS = RateLimitItemPerMinute(60, 1, namespace="passkey-challenges")
LINK_VISITS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="links")
NEW_STATUS_LINKS_OF_CONTACT = RateLimitItemPerMinute(3, 60, namespace="status-links")
# Mail providers unsubscribe many people from one client address, so only invalid tokens count.
INVALID_TOKENS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="no-tokens")

FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.25, 8.0
# So many attempts of one account or address wait in a process at once; more are told to come back.
MOST_WAITING = 20

log = structlog.get_logger()
Wait = Callable[[float], Awaitable[None]]


class RateLimited(Exception):
    """The limit `namespace` is reached; `seconds` until the next attempt is possible."""

    def __init__(self, seconds: int, namespace: str) -> None:
        super().__init__(seconds)
        self.seconds, self.namespace = seconds, namespace


@dataclass(frozen=True)
class Limit:
    """A limit that applies to one key: a client address or an account."""

    item: RateLimitItem
    key: str


class RateLimiter:
    """Counts attempts; memory takes over while Redis is unavailable, so that limits stay and nothing is blocked.

    `wait` is how answers are slowed down.
    """

    def __init__(self, redis: Redis | None, wait: Wait = asyncio.sleep) -> None:
        self._memory = MemoryStorage()
        self._shared = _redis_storage(redis) if redis else None
        self._circuit, self._wait = circuit_of(redis) if redis else None, wait
        self._waiting: Counter[Limit] = Counter()

    async def hit(self, limit: Limit) -> None:
        """Count one attempt. Raises `RateLimited` when the limit is reached."""
        if await self._count(limit) > limit.item.amount:
            raise await self._refusal(limit)

    async def slow_down(self, limits: Sequence[Limit]) -> None:
        """Count one attempt, and wait the longer the more of them are beyond a limit, up to eight seconds.

        Raises `RateLimited` when too many wait already. No connection may be held meanwhile.
        """
        counted = {limit: await self._count(limit) - limit.item.amount for limit in limits}
        exceeded = [limit for limit, excess in counted.items() if excess > 0]
        if not exceeded:
            return
        seconds = delay_seconds(max(counted.values()))
        if any(self._waiting[limit] >= MOST_WAITING for limit in exceeded):
            RATE_LIMITED.labels(exceeded[0].item.namespace).inc()
            raise RateLimited(math.ceil(LONGEST_DELAY_SECONDS), exceeded[0].item.namespace)
        self._waiting.update(exceeded)
        try:
            await self._wait(seconds)
        finally:
            self._waiting.subtract(exceeded)
            self._waiting += Counter()  # Forgets those that reached zero.

    @asynccontextmanager
    async def limit_failures(self, *limits: Limit, slows: Sequence[Limit] = ()) -> AsyncIterator["LimitedAttempt"]:
        """Count an attempt before it is judged, and take it back unless it fails: parallel ones are limited, too.

        Beyond a limit of `slows` it is judged later. A failed attempt counts also when its block ends by an exception.
        Raises `RateLimited`.
        """
        attempt = LimitedAttempt()
        await self._reserve(limits)
        try:
            await self.slow_down(slows)
        except RateLimited:
            await self._take_back((*limits, *slows))
            raise
        try:
            yield attempt
        finally:
            if not attempt.has_failed:
                await self._take_back((*limits, *slows))

    async def _reserve(self, limits: Sequence[Limit]) -> None:
        """Count one attempt for each limit, or for none when one is reached."""
        for number, limit in enumerate(limits, start=1):
            try:
                await self.hit(limit)
            except RateLimited:
                await self._take_back(limits[:number])
                raise

    async def _take_back(self, limits: Sequence[Limit]) -> None:
        for limit in limits:
            await self._count(limit, amount=-1)

    async def _count(self, limit: Limit, amount: int = 1) -> int:
        """Count in memory and in Redis, whose count is returned; its absence leaves this process with its own."""
        key, expiry = limit.item.key_for(limit.key), limit.item.get_expiry()
        counted = await self._memory.incr(key, expiry, amount=amount)
        if self._shared and self._circuit and self._circuit.is_closed:
            try:
                async with self._circuit.attempt():
                    return await self._shared.incr(key, expiry, amount)
            except Exception as error:
                log.warning("rate limits are counted in memory", error=str(error))
        return counted

    async def _refusal(self, limit: Limit) -> RateLimited:
        RATE_LIMITED.labels(limit.item.namespace).inc()
        return RateLimited(await self._seconds_left(limit), limit.item.namespace)

    async def _seconds_left(self, limit: Limit) -> int:
        key = limit.item.key_for(limit.key)
        if self._shared and self._circuit and self._circuit.is_closed:
            try:
                async with self._circuit.attempt():
                    ends_at = await self._shared.get_expiry(key)
            except Exception:
                return limit.item.get_expiry()
        else:
            ends_at = await self._memory.get_expiry(key)
        return max(1, math.ceil(ends_at - time.time()))


def delay_seconds(excess: int) -> float:
    """How long an attempt waits that is so many beyond its limit: it doubles, up to eight seconds."""
    return min(FIRST_DELAY_SECONDS * 2.0 ** min(excess - 1, 10), LONGEST_DELAY_SECONDS)


@dataclass
class LimitedAttempt:
    """An attempt under a limit; the caller sets `has_failed`."""

    has_failed: bool = False


def client_address(connection: HTTPConnection) -> str:
    """Return the client's address; for IPv6 the /64 network, which one household or attacker holds."""
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def _redis_storage(client: Redis) -> RedisStorage:
    pool: Any = client.connection_pool
    return RedisStorage("async+redis://", implementation="redispy", connection_pool=pool)
