"""The dependencies of one application, and the background task that runs with them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from redis.asyncio import Redis

from api.auth.account_auth import AccountAuth
from api.auth.authentication import Authenticator
from api.auth.first_setup import FirstSetupOfPages
from api.auth.page_auth import PageAuth
from api.auth.page_second_step import PageSecondStep
from api.auth.page_security import PageSecurity
from api.auth.rate_limits import RateLimiter
from api.graphql.cost_budget import CostBudget
from api.graphql.operation_runner import OperationRunner
from api.graphql.page_runner import PageRunner
from api.graphql.persisted_documents import PersistedDocuments
from api.live.change_feed import ChangeFeed
from api.live.redis_pubsub import create_redis, publish_commit, subscribe_commits
from api.ops.health import Readiness
from api.ops.system_report import SystemReporter
from api.site_reader import SiteReader
from domain.engine import after_commit
from portal_views.web.page_context import PageDependencies
from schema.api_schema import ApiSchemas, SchemaName, build_api_schemas
from settings import Settings


@dataclass(frozen=True, kw_only=True, eq=False)
class Dependencies:
    """Built once per application; nothing is connected yet."""

    settings: Settings
    redis: Redis | None
    budget: CostBudget
    change_feed: ChangeFeed
    authenticator: Authenticator
    runners: Mapping[SchemaName, OperationRunner]
    page_runner: PageRunner
    pages: PageDependencies
    readiness: Readiness


def build_dependencies(settings: Settings, api_schemas: ApiSchemas | None = None) -> Dependencies:
    """Build the dependencies, over both real schemas unless others are given."""
    redis = create_redis(settings.redis_url)
    change_feed = ChangeFeed(partial(publish_commit, redis) if redis else None)
    authenticator, readiness = Authenticator(settings), Readiness(settings, redis)
    budget, documents = CostBudget(settings.cost_budget, redis), PersistedDocuments(settings)
    runners = {
        name: OperationRunner(
            api_schema=api_schema,
            settings=settings,
            authenticator=authenticator,
            change_feed=change_feed,
            budget=budget,
            documents=documents,
        )
        for name, api_schema in (api_schemas or build_api_schemas()).items()
    }
    page_runner = PageRunner(runners)
    return Dependencies(
        settings=settings,
        redis=redis,
        budget=budget,
        change_feed=change_feed,
        authenticator=authenticator,
        runners=runners,
        page_runner=page_runner,
        pages=_page_dependencies(settings, page_runner, authenticator, redis, readiness),
        readiness=readiness,
    )


def _page_dependencies(
    settings: Settings, page_runner: PageRunner, authenticator: Authenticator, redis: Redis | None, readiness: Readiness
) -> PageDependencies:
    limiter = RateLimiter(redis)
    return PageDependencies(
        run_operation=page_runner.run_document,
        auth=PageAuth(settings, authenticator, limiter),
        accounts=AccountAuth(settings, authenticator, limiter),
        security=PageSecurity(settings, authenticator, limiter),
        second_step=PageSecondStep(settings, authenticator, limiter),
        setup=FirstSetupOfPages(settings),
        system=SystemReporter(readiness, redis),
        site=SiteReader(),
    )


@asynccontextmanager
async def open_dependencies(dependencies: Dependencies) -> AsyncIterator[None]:
    """Follow the commits of this and other processes; all subscriptions end with the block. The pools are open."""
    dependencies.change_feed.start()
    forget_accounts = after_commit.subscribe(dependencies.authenticator.on_commit)
    listening = (
        asyncio.create_task(subscribe_commits(dependencies.redis, dependencies.change_feed))
        if dependencies.redis
        else None
    )
    try:
        yield
    finally:
        forget_accounts()
        await dependencies.budget.close()
        await dependencies.change_feed.stop()
        if listening and dependencies.redis:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            await dependencies.redis.aclose()
