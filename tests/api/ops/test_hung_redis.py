"""A Redis that accepts connections and never answers: one use notices, all others of the process skip it."""

from collections.abc import AsyncIterator

import pytest
from limits import RateLimitItemPerMinute
from redis.asyncio import Redis

from api.auth.rate_limits import Limit, RateLimiter
from api.live.redis_pubsub import create_redis, publish_commit
from api.ops.health import Readiness
from api.ops.state_metrics import REDIS_SKIPPED, refresh_state_metrics
from api.ops.system_report import SystemReporter
from domain.engine.after_commit import CommittedChanges, publish
from domain.kernel.ids import new_id
from domain.kernel.runtime import circuit_breaker
from domain.kernel.runtime.circuit_breaker import circuit_of
from settings import Settings
from tests.support.mute_server import MuteServer, a_mute_server
from tests.support.polling import it_happens
from workers.queue.job_publisher import job_publisher

pytestmark = pytest.mark.database

LIMIT = Limit(RateLimitItemPerMinute(5, 15, namespace="five"), "an account")


@pytest.fixture
async def mute() -> AsyncIterator[MuteServer]:
    async with a_mute_server() as server:
        yield server


@pytest.fixture
async def redis(mute: MuteServer) -> AsyncIterator[Redis]:
    client = create_redis(mute.url)
    assert client is not None
    yield client
    await client.aclose()


async def test_the_first_use_notices_and_every_other_one_skips_it(
    mute: MuteServer, redis: Redis, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit_breaker, "PROBE_SECONDS", 3_600)
    readiness = Readiness(settings, redis)
    async with job_publisher(mute.url):
        await publish(CommittedChanges(order_ids={new_id()}, message_ids=[new_id()]))
        for _ in range(20):
            await publish(CommittedChanges(message_ids=[new_id()]))
            await RateLimiter(redis).hit(Limit(LIMIT.item, str(new_id())))
            await publish_commit(redis)

    assert (await readiness.report())[1]["checks"]["redis"] == "unreachable"
    assert (await SystemReporter(readiness, redis).report()).queued_jobs is None
    assert mute.connections == 1


async def test_it_is_used_again_once_a_probe_has_succeeded(
    mute: MuteServer, redis: Redis, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit_breaker, "PROBE_SECONDS", 0.01)
    await publish_commit(redis)
    await refresh_state_metrics()
    assert (circuit_of(redis).is_closed, REDIS_SKIPPED._value.get()) == (False, 1)

    mute.may_answer.set()

    async def it_is_closed() -> bool:
        return circuit_of(redis).is_closed

    await it_happens(it_is_closed)
    assert (await Readiness(settings, redis).report())[1]["checks"]["redis"] == "ok"
