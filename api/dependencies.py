"""The parts one application is made of, and what runs while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from redis.asyncio import Redis

from api.auth.authentication import Authenticator
from api.auth.page_auth import PageAuth
from api.auth.rate_limits import RateLimiter
from api.graphql.api_schema import ApiSchemas, build_api_schemas
from api.graphql.operation_runner import OperationRunner
from api.live.change_feed import ChangeFeed
from api.live.redis_pubsub import create_redis, publish_commit, subscribe_commits
from api.ops.health import Readiness
from settings import Settings


@dataclass(frozen=True, eq=False)
class Dependencies:
    """Made once per application; nothing is connected yet."""

    settings: Settings
    redis: Redis | None
    change_feed: ChangeFeed
    operation_runner: OperationRunner
    page_auth: PageAuth
    readiness: Readiness


def build_dependencies(settings: Settings, api_schemas: ApiSchemas | None = None) -> Dependencies:
    """Put the parts together; `sides` are both schemas unless others are given."""
    redis = create_redis(settings.redis_url)
    hub = ChangeFeed(partial(publish_commit, redis) if redis else None)
    recogniser = Authenticator(settings)
    return Dependencies(
        settings=settings,
        redis=redis,
        change_feed=hub,
        operation_runner=OperationRunner(settings, api_schemas or build_api_schemas(), recogniser, hub),
        page_auth=PageAuth(settings, recogniser, RateLimiter(redis)),
        readiness=Readiness(settings, redis),
    )


@asynccontextmanager
async def open_dependencies(dependencies: Dependencies) -> AsyncIterator[None]:
    """Hear what changes in this and other processes; end all subscriptions at the end. The pools are open."""
    dependencies.change_feed.start()
    hearing = (
        asyncio.create_task(subscribe_commits(dependencies.redis, dependencies.change_feed))
        if dependencies.redis
        else None
    )
    try:
        yield
    finally:
        await dependencies.change_feed.stop()
        if hearing and dependencies.redis:
            hearing.cancel()
            with suppress(asyncio.CancelledError):
                await hearing
            await dependencies.redis.aclose()
