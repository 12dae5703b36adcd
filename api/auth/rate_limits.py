"""Rate limits of sign-in and mailed links, counted in Redis, or in memory while Redis is unavailable."""

import ipaddress
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import Redis
from starlette.requests import HTTPConnection

from api.ops.metrics import RATE_LIMITED
from domain.kernel.circuit_breaker import CircuitBreaker

Check = Callable[[MovingWindowRateLimiter], Awaitable[bool]]

FAILED_SIGN_INS_OF_ACCOUNT = RateLimitItemPerMinute(10, 15, namespace="sign-in-account")
FAILED_SIGN_INS_OF_ADDRESS = RateLimitItemPerMinute(50, 15, namespace="sign-in-address")
LINK_VISITS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="links")
# Mail providers unsubscribe many people from one client address, so only invalid tokens count.
INVALID_TOKENS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="no-tokens")

log = structlog.get_logger()


class RateLimited(Exception):
    """A limit is reached; `seconds` until the next attempt is possible."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Limit:
    """A limit that applies to one key: a client address or an account."""

    item: RateLimitItem
    key: str


class RateLimiter:
    """Counts attempts; memory takes over while Redis is unavailable, so that limits stay and nothing is blocked."""

    def __init__(self, redis: Redis | None) -> None:
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis_storage(redis)) if redis else None
        self._circuit = CircuitBreaker()
        self._in_flight: Counter[Limit] = Counter()

    async def hit(self, limit: Limit) -> None:
        """Count one attempt. Raises `RateLimited` when the limit is reached."""
        if not await self._count(limit):
            await self._refuse(limit)

    @asynccontextmanager
    async def limit_failures(self, *limits: Limit) -> AsyncIterator["LimitedAttempt"]:
        """Count an attempt only if it fails. Attempts in flight count as failed, so that parallel ones are limited too.

        Raises `RateLimited`.
        """
        attempt = LimitedAttempt()
        for limit in limits:
            if not await self._has_room(limit, cost=self._in_flight[limit] + 1):
                await self._refuse(limit)
        self._in_flight.update(limits)
        try:
            yield attempt
            if attempt.has_failed:
                for limit in limits:
                    await self._count(limit)
        finally:
            self._in_flight.subtract(limits)
            self._in_flight += Counter()

    async def _refuse(self, limit: Limit) -> None:
        RATE_LIMITED.labels(limit.item.namespace).inc()
        raise RateLimited(await self._seconds_left(limit))

    async def _count(self, limit: Limit) -> bool:
        return await self._check(lambda counter: counter.hit(limit.item, limit.key))

    async def _has_room(self, limit: Limit, *, cost: int) -> bool:
        return await self._check(lambda counter: counter.test(limit.item, limit.key, cost=cost))

    async def _check(self, check: Check) -> bool:
        """Ask memory and Redis, so that this process keeps its counts when Redis becomes unavailable."""
        is_allowed = await check(self._memory)
        if self._shared and self._circuit.is_closed:
            try:
                async with self._circuit.attempt():
                    return is_allowed and await check(self._shared)
            except Exception as error:
                log.warning("rate limits are counted in memory", error=str(error))
        return is_allowed

    async def _seconds_left(self, limit: Limit) -> int:
        strategy = self._shared if self._shared and self._circuit.is_closed else self._memory
        try:
            stats = await strategy.get_window_stats(limit.item, limit.key)
        except Exception:
            return limit.item.get_expiry()
        return max(1, math.ceil(stats.reset_time - time.time()))


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
