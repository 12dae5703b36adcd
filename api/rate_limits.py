"""How often somebody may fail to sign in or open links; counted in Redis, or in memory while it is away."""

import asyncio
import ipaddress
import math
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import Redis
from starlette.requests import HTTPConnection

from api.metrics import LIMITED

PATIENCE_SECONDS = 0.3
AWAY_SECONDS = 5.0
FAILED_SIGN_INS_OF_ACCOUNT = RateLimitItemPerMinute(10, 15, namespace="sign-in-account")
FAILED_SIGN_INS_OF_ADDRESS = RateLimitItemPerMinute(50, 15, namespace="sign-in-address")
LINKS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="links")
# Providers of mail unsubscribe for many people from one address: only what is no token counts.
NO_TOKENS_OF_ADDRESS = RateLimitItemPerMinute(120, 1, namespace="no-tokens")

log = structlog.get_logger()


class TooOften(Exception):
    """A limit is reached; `seconds` until the next attempt is possible."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Limit:
    """A limit for one somebody."""

    item: RateLimitItem
    whom: str


class Limiter:
    """Counts attempts; memory takes over while Redis is away, so limits neither vanish nor lock all out."""

    def __init__(self, redis: Redis | None) -> None:
        self._memory = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_in_redis(redis)) if redis else None
        self._away_until = 0.0
        self._under_way: Counter[Limit] = Counter()

    async def count(self, limit: Limit) -> None:
        """Count one attempt. Raises `TooOften` when it is one too many."""
        if not await self._ask("hit", limit):
            await self._refuse(limit)

    @asynccontextmanager
    async def failures(self, *limits: Limit) -> AsyncIterator["Attempt"]:
        """An attempt of which only a failure counts; those under way count as failed, so that none slip by.

        Raises `TooOften`.
        """
        attempt = Attempt()
        for limit in limits:
            if not await self._ask("test", limit, cost=self._under_way[limit] + 1):
                await self._refuse(limit)
        self._under_way.update(limits)
        try:
            yield attempt
            if attempt.has_failed:
                for limit in limits:
                    await self._ask("hit", limit)
        finally:
            self._under_way.subtract(limits)
            self._under_way += Counter()

    async def _refuse(self, limit: Limit) -> None:
        LIMITED.labels(limit.item.namespace).inc()
        raise TooOften(await self._seconds_left(limit))

    async def _ask(self, verb: str, limit: Limit, *, cost: int = 1) -> bool:
        """Both count, so that nothing this process has seen is forgotten when Redis goes away."""
        here = bool(await getattr(self._memory, verb)(limit.item, limit.whom, cost=cost))
        if self._shared and time.monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return here and bool(await getattr(self._shared, verb)(limit.item, limit.whom, cost=cost))
            except Exception as error:
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("rate limits are counted in memory", error=str(error))
        return here

    async def _seconds_left(self, limit: Limit) -> int:
        is_shared = self._shared is not None and time.monotonic() >= self._away_until
        strategy = self._shared if self._shared and is_shared else self._memory
        try:
            stats = await strategy.get_window_stats(limit.item, limit.whom)
        except Exception:
            return limit.item.get_expiry()
        return max(1, math.ceil(stats.reset_time - time.time()))


@dataclass
class Attempt:
    """Set `has_failed` when the attempt was one."""

    has_failed: bool = False


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from; of IPv6 the /64, which is what one household or attacker has."""
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def _in_redis(client: Redis) -> RedisStorage:
    pool: Any = client.connection_pool
    return RedisStorage("async+redis://", implementation="redispy", connection_pool=pool)
