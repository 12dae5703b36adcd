"""The parts one application is made of, and what runs while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from redis.asyncio import Redis

from api.changes import ChangeHub
from api.executing import Executor
from api.gate import ApplicationGate
from api.health import Readiness
from api.rate_limits import Limiter
from api.recognise import Recogniser
from api.redis_link import hear_others, redis_of, tell_others
from api.sides import Sides, both_sides
from settings import Settings


@dataclass(frozen=True, eq=False)
class Parts:
    """Made once per application; nothing is connected yet."""

    settings: Settings
    redis: Redis | None
    hub: ChangeHub
    executor: Executor
    gate: ApplicationGate
    readiness: Readiness


def parts_of(settings: Settings, sides: Sides | None = None) -> Parts:
    """Put the parts together; `sides` are both schemas unless others are given."""
    redis = redis_of(settings.redis_url)
    hub = ChangeHub(partial(tell_others, redis) if redis else None)
    recogniser = Recogniser(settings)
    return Parts(
        settings=settings,
        redis=redis,
        hub=hub,
        executor=Executor(settings, sides or both_sides(), recogniser, hub),
        gate=ApplicationGate(settings, recogniser, Limiter(redis)),
        readiness=Readiness(settings, redis),
    )


@asynccontextmanager
async def running(parts: Parts) -> AsyncIterator[None]:
    """Hear what changes in this and other processes; end all subscriptions at the end. The pools are open."""
    parts.hub.start()
    hearing = asyncio.create_task(hear_others(parts.redis, parts.hub)) if parts.redis else None
    try:
        yield
    finally:
        await parts.hub.stop()
        if hearing and parts.redis:
            hearing.cancel()
            with suppress(asyncio.CancelledError):
                await hearing
            await parts.redis.aclose()
