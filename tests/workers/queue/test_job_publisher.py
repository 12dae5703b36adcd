"""Job publisher: what is enqueued after a commit, and the small cost of Redis being away."""

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from arq.connections import ArqRedis
from arq.worker import Worker
from redis.asyncio import ConnectionPool
from redis.asyncio.client import PubSub

from domain.deliveries.model import Delivery, DeliveryStatus
from domain.engine.after_commit import CHANGES_CHANNEL, CommittedChanges, publish
from domain.engine.model import Deadline, DeadlineState
from domain.kernel.ids import new_id
from domain.kernel.runtime.circuit_breaker import TIMEOUT_SECONDS
from domain.orders.model import OrderStatus
from tests.makers.deliveries import a_delivery
from tests.makers.orders import an_order
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from tests.support.polling import PATIENCE_SECONDS, it_happens
from workers.queue.job_failures import JOB_FAILURES
from workers.queue.job_publisher import (
    PUBLISH_FAILURES,
    QUEUE,
    job_publisher,
    serialize_job,
)
from workers.supervision.listening_sockets import listen, port_of

pytestmark = pytest.mark.database

MONDAY = berlin(2026, 6, 1, 12)
THURSDAY = berlin(2026, 6, 4, 12)


@pytest.fixture
async def queue(redis_url: str) -> AsyncIterator[ArqRedis]:
    """The queue, filled by the commits of this test."""
    redis: ArqRedis = ArqRedis(
        ConnectionPool.from_url(redis_url),
        job_serializer=serialize_job,
        job_deserializer=json.loads,
        default_queue_name=QUEUE,
    )
    async with job_publisher(redis_url):
        yield redis
    await redis.aclose(close_connection_pool=True)


async def test_a_commit_enqueues_what_is_due_and_what_waits(queue: ArqRedis) -> None:
    case = await a_delivery(at=MONDAY)

    jobs = {job.job_id for job in await queue.queued_jobs(queue_name=QUEUE)}

    deadline = await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")
    assert f"fire_deadline:{deadline.id}:{deadline.due_at.timestamp()}" in jobs
    assert any(job and job.startswith("send_message:") for job in jobs)


async def test_of_very_much_only_the_beginning_is_handed_on(queue: ArqRedis) -> None:
    before, many, one = PUBLISH_FAILURES._value.get(), [new_id() for _ in range(10_000)], new_id()

    await publish(CommittedChanges(message_ids=many, deadlines=dict.fromkeys(many, THURSDAY)))
    await publish(CommittedChanges(message_ids=[one]))

    jobs = {job.job_id for job in await queue.queued_jobs(queue_name=QUEUE)}
    assert PUBLISH_FAILURES._value.get() == before
    assert f"send_message:{many[0]}" in jobs
    assert f"send_message:{one}" in jobs
    assert len(jobs) < 200


async def test_other_processes_hear_that_orders_changed(queue: ArqRedis) -> None:
    async with queue.pubsub() as channel:
        await channel.subscribe(CHANGES_CHANNEL)
        assert (await the_next_message(channel))["type"] == "subscribe"

        await a_delivery(at=MONDAY)

        heard = await the_next_message(channel)

    assert heard["data"] == b""


async def test_a_job_fires_its_deadline_through_the_same_door(queue: ArqRedis) -> None:
    case = await a_delivery(at=MONDAY)
    deadline = await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")
    await the_clock_shows(THURSDAY)
    await queue.delete(QUEUE)
    await queue.enqueue_job("fire_deadline", str(deadline.id))

    await work_off(queue)

    assert (await Delivery.get(id=case.id)).status is DeliveryStatus.ACCEPTED


@pytest.mark.parametrize("expired", [True, False])
async def test_a_job_that_fails_is_counted_here_and_leaves_the_queue(
    queue: ArqRedis, caplog: pytest.LogCaptureFixture, expired: bool
) -> None:
    before = JOB_FAILURES.labels("fire_deadline")._value.get()
    await queue.enqueue_job("fire_deadline", "no identifier", _job_id="broken")
    if expired:
        await queue.delete("arq:job:broken")

    await work_off(queue)

    assert "serializ" not in caplog.text
    assert JOB_FAILURES.labels("fire_deadline")._value.get() == before + (not expired)
    assert await queue.zcard(QUEUE) == 0


async def test_a_job_that_comes_too_early_changes_nothing(queue: ArqRedis) -> None:
    from workers.queue.worker import fire_deadline

    case = await a_delivery(at=MONDAY)
    deadline = await Deadline.get(subject_id=case.id, kind="delivery.autoAccept")

    assert not await fire_deadline({}, str(deadline.id))

    await deadline.refresh_from_db()
    assert deadline.state is DeadlineState.PENDING


async def test_a_redis_that_never_answers_costs_a_moment_once() -> None:
    with listen("127.0.0.1", 0) as silent:
        before, started = PUBLISH_FAILURES._value.get(), time.monotonic()
        async with job_publisher(f"redis://127.0.0.1:{port_of(silent)}/0"):
            await a_delivery(at=MONDAY)
    assert PUBLISH_FAILURES._value.get() == before + 1
    assert time.monotonic() - started < TIMEOUT_SECONDS + 30.0


async def test_the_worker_sends_messages_without_any_clock(queue: ArqRedis, smtp: Inbox) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "workers.commands.cli", "worker")
    await the_clock_shows(MONDAY)
    await an_order(OrderStatus.AWAITING_CUSTOMER, offer_valid_until=THURSDAY.date())

    async def the_offer_is_there() -> bool:
        return bool(smtp.mails_to("kim@kunde.example"))

    await it_happens(the_offer_is_there)

    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)


async def the_next_message(channel: PubSub) -> dict[str, Any]:
    """The next message of a subscription, its confirmation included."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (message := await channel.get_message(timeout=1)) is None:
            pass
        found: dict[str, Any] = message
        return found


async def work_off(queue: ArqRedis) -> None:
    """Run what is queued, as the worker process does."""
    from workers.queue.worker import WorkerSettings

    worker = Worker(
        WorkerSettings.functions,
        queue_name=QUEUE,
        redis_pool=queue,
        burst=True,
        keep_result=0,
        handle_signals=False,
        job_serializer=serialize_job,
        job_deserializer=json.loads,
        poll_delay=0.01,
    )
    await worker.main()
