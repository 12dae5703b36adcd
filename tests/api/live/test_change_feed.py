"""Change feed: no commit is missed, whether or not it is announced."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from uuid import UUID

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from api.dependencies import build_dependencies, open_dependencies
from api.live import change_feed as changes_module
from api.live.change_feed import ChangeFeed
from api.live.redis_pubsub import subscribe_commits
from api.live.visible_changes import VisibleChanges
from domain.engine import after_commit
from domain.engine.after_commit import CHANGES_CHANNEL
from domain.kernel.actors import Actor
from domain.orders.inputs import CommentText
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.orders import Case, an_order
from tests.makers.parties import STAFF
from tests.support.live_server import listening
from tests.support.polling import PATIENCE_SECONDS
from tests.support.site import small_schemas

pytestmark = pytest.mark.database


@pytest_asyncio.fixture
async def hub(database: str) -> AsyncIterator[ChangeFeed]:
    hub = ChangeFeed()
    hub.start()
    yield hub
    await hub.stop()


async def test_a_commit_of_this_process_is_heard_without_waiting_for_the_next_look(
    hub: ChangeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_module, "POLL_SECONDS", 3600)
    case = await an_order(OrderStatus.DRAFT)

    assert await heard_of(hub, case, STAFF) == [case.order.id]


async def test_a_commit_nobody_announces_is_heard_all_the_same(
    hub: ChangeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await an_order(OrderStatus.DRAFT)
    monkeypatch.setattr(after_commit, "_listeners", [])

    assert await heard_of(hub, case, STAFF) == [case.order.id]


async def test_another_process_is_heard_through_redis(
    settings: Settings, database: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_module, "POLL_SECONDS", 3600)
    case = await an_order(OrderStatus.DRAFT)

    async with open_dependencies(build_dependencies(settings, small_schemas())), another_process(redis_url) as hub:
        assert await heard_of(hub, case, STAFF) == [case.order.id]


async def test_a_change_the_actor_may_not_see_is_not_heard(hub: ChangeFeed) -> None:
    case, another = await an_order(OrderStatus.DRAFT), await an_order(OrderStatus.DRAFT)

    changes = visible(hub, another.by_member).orders()
    async with aclosing(changes):
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        await listening(hub)
        await case.move("submit", case.by_member)
        await another.move("submit", another.by_member)

        assert await asyncio.wait_for(waiting, PATIENCE_SECONDS) == another.order.id


async def test_the_operator_hears_nothing_of_a_draft_before_it_is_submitted(hub: ChangeFeed) -> None:
    draft, submitted = await an_order(OrderStatus.DRAFT), await an_order(OrderStatus.DRAFT)

    changes = visible(hub, STAFF).orders()
    async with aclosing(changes):
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        await listening(hub)
        await draft.move("comment", draft.by_member, CommentText(text="A thought."))
        await submitted.move("submit", submitted.by_member)

        assert await asyncio.wait_for(waiting, PATIENCE_SECONDS) == submitted.order.id


async def test_stopping_ends_every_subscription(hub: ChangeFeed) -> None:
    changes = visible(hub, STAFF).orders()
    waiting = asyncio.ensure_future(anext(changes, None))
    await listening(hub)

    await hub.stop()

    assert await asyncio.wait_for(waiting, PATIENCE_SECONDS) is None


async def heard_of(hub: ChangeFeed, case: Case, actor: Actor) -> list[UUID]:
    """Submit the order while a subscriber listens; returns what it received."""
    changes = visible(hub, actor).orders()
    async with aclosing(changes):
        waiting = asyncio.ensure_future(anext(changes))
        await listening(hub)
        await case.move("submit", case.by_member)
        return [await asyncio.wait_for(waiting, PATIENCE_SECONDS)]


@asynccontextmanager
async def another_process(redis_url: str) -> AsyncIterator[ChangeFeed]:
    """A hub that hears nothing of this process but what Redis tells."""
    hub = ChangeFeed()
    async with Redis.from_url(redis_url) as client:
        hearing = asyncio.create_task(subscribe_commits(client, hub))
        while (await client.pubsub_numsub(CHANGES_CHANNEL))[0][1] < 2:  # noqa: ASYNC110 - Redis is asked
            await asyncio.sleep(0.02)
        yield hub
        await hub.stop()
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


def visible(hub: ChangeFeed, actor: Actor) -> VisibleChanges:
    async def never() -> bool:
        return False

    return VisibleChanges(hub, actor, never)
