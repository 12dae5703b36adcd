"""The budget of cost per minute of each account, bearer token and link.

Requests are counted in memory and settled with Redis four times a second, by one script for all of them, so that no
request waits for Redis. Several processes may therefore grant together what each of them counts in that quarter of a
second beyond the budget; while Redis is away, each grants the budget by itself.
"""

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import structlog
from redis.asyncio import Redis

from api.auth.authentication import Principal
from api.error_responses import RequestRefused
from api.ops.metrics import RATE_LIMITED
from domain.kernel.runtime.circuit_breaker import circuit_of

WINDOW_SECONDS = 60
SETTLE_SECONDS = 0.25
KEY_PREFIX = "werkstand:{cost}"
SETTLE_SCRIPT = """
local totals = {}
for i, key in ipairs(KEYS) do
  totals[i] = redis.call('INCRBY', key, ARGV[i + 1])
  redis.call('EXPIRE', key, ARGV[1])
end
return totals
"""

log = structlog.get_logger()


@dataclass(frozen=True)
class Charge:
    """What one operation took from a budget, and what is left of it until the instant `resets_at` (seconds, UTC)."""

    requested: int
    limit: int
    remaining: int
    resets_at: int

    def headers(self, now: float) -> Mapping[str, str]:
        """The fields of draft-ietf-httpapi-ratelimit-headers; `qu` says that the unit is cost, not requests."""
        seconds = max(0, math.ceil(self.resets_at - now))
        return {
            "ratelimit-policy": f'"cost";q={self.limit};w={WINDOW_SECONDS};qu="cost"',
            "ratelimit": f'"cost";r={self.remaining};t={seconds}',
        }

    def added_to(self, body: bytes) -> bytes:
        """A JSON object of a response with `extensions.cost` at its end; the object itself is not parsed."""
        reset = _instant(self.resets_at)
        cost = f'"requested":{self.requested},"limit":{self.limit},"remaining":{self.remaining},"resetAt":"{reset}"'
        return b'%b,"extensions":{"cost":{%b}}}' % (body[:-1], cost.encode())


@lru_cache(2)
def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


@dataclass
class _Spent:
    total: int = 0
    unsettled: int = 0


class CostBudget:
    """Counts cost in windows of a minute that begin at the same instant in every process. `limit` 0 sets no limit."""

    def __init__(self, limit: int, redis: Redis | None, *, clock: Callable[[], float] = time.time) -> None:
        self.limit, self.clock = limit, clock
        self._settle_script = redis.register_script(SETTLE_SCRIPT) if redis else None
        self._circuit = circuit_of(redis) if redis else None
        self._window = 0
        self._spent: dict[str, _Spent] = {}
        self._settling: asyncio.Task[None] | None = None

    def charge(self, principal: Principal, cost: int) -> Charge:
        """Take the cost of an operation. Raises `RequestRefused` with 429 when too little is left."""
        self._enter_window()
        spent = self._spent.setdefault(budget_key(principal), _Spent())
        if spent.total + cost > self.limit:
            raise self._refusal(cost, spent)
        spent.total += cost
        spent.unsettled += cost
        if self._circuit and self._settling is None and self._circuit.is_closed:
            self._settling = asyncio.create_task(self._settle_soon())
        return self._charge(cost, spent)

    async def close(self) -> None:
        """Stop settling; what is unsettled is lost."""
        if self._settling is not None:
            self._settling.cancel()
            with suppress(asyncio.CancelledError):
                await self._settling

    async def settle(self) -> None:
        """Add what was spent here to what all processes have spent, and learn the sums."""
        window, keys = self._window, [key for key, spent in self._spent.items() if spent.unsettled]
        costs = [self._spent[key].unsettled for key in keys]
        if not keys or self._settle_script is None or self._circuit is None:
            return
        async with self._circuit.attempt():
            names = [f"{KEY_PREFIX}:{window}:{key}" for key in keys]
            totals = await self._settle_script(keys=names, args=[2 * WINDOW_SECONDS, *costs])
        if window != self._window:
            return
        for key, cost, total in zip(keys, costs, totals, strict=True):
            spent = self._spent[key]
            spent.unsettled -= cost
            spent.total = int(total) + spent.unsettled

    async def _settle_soon(self) -> None:
        try:
            await asyncio.sleep(SETTLE_SECONDS)
            await self.settle()
        except Exception as error:
            log.warning("cost budgets are counted in memory", error=str(error))
        finally:
            self._settling = None

    def _enter_window(self) -> None:
        window = int(self.clock() // WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._spent.clear()

    def _charge(self, cost: int, spent: _Spent) -> Charge:
        remaining = max(0, self.limit - spent.total)
        return Charge(cost, self.limit, remaining, (self._window + 1) * WINDOW_SECONDS)

    def _refusal(self, cost: int, spent: _Spent) -> RequestRefused:
        RATE_LIMITED.labels("cost").inc()
        charge, now = self._charge(cost, spent), self.clock()
        seconds = max(1, math.ceil(charge.resets_at - now))
        headers = {"retry-after": str(seconds), **charge.headers(now)}
        return RequestRefused(429, "RATE_LIMITED", "rate_limited", headers=headers, seconds=seconds)


def budget_key(principal: Principal) -> str:
    """Whose budget an operation counts for: a bearer token's own, an account's for all its sessions, or a link's."""
    if principal.account is None:
        return principal.actor.key
    if principal.credential.kind == "token":
        return f"token:{principal.account.credential_id}"
    return f"account:{principal.account.account_id}"
