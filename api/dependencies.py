"""Dependencies of one application, and the background tasks that run with it."""

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
    """The objects of one application, built once; nothing is connected yet."""

    settings: Settings
    redis: Redis | None
    change_feed: ChangeFeed
    operation_runner: OperationRunner
    page_auth: PageAuth
    readiness: Readiness


def build_dependencies(settings: Settings, api_schemas: ApiSchemas | None = None) -> Dependencies:
    """Build the dependencies; `api_schemas` defaults to operations and portal."""
    redis = create_redis(settings.redis_url)
    change_feed = ChangeFeed(partial(publish_commit, redis) if redis else None)
    authenticator = Authenticator(settings)
    return Dependencies(
        settings=settings,
        redis=redis,
        change_feed=change_feed,
        operation_runner=OperationRunner(settings, api_schemas or build_api_schemas(), authenticator, change_feed),
        page_auth=PageAuth(settings, authenticator, RateLimiter(redis)),
        readiness=Readiness(settings, redis),
    )


@asynccontextmanager
async def open_dependencies(dependencies: Dependencies) -> AsyncIterator[None]:
    """Receive the commits of this and other processes; end all subscriptions on exit. The pools must be open."""
    dependencies.change_feed.start()
    commit_listener = (
        asyncio.create_task(subscribe_commits(dependencies.redis, dependencies.change_feed))
        if dependencies.redis
        else None
    )
    try:
        yield
    finally:
        await dependencies.change_feed.stop()
        if commit_listener and dependencies.redis:
            commit_listener.cancel()
            with suppress(asyncio.CancelledError):
                await commit_listener
            await dependencies.redis.aclose()
