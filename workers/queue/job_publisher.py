"""Publisher of jobs to Redis after a commit, so that due and waiting work starts at once.

Redis only makes work start sooner. When it is unavailable, the scheduler finds the same rows within a second, so
a failure here is counted, logged at intervals, and not raised.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

import structlog
from arq.connections import ArqRedis
from prometheus_client import Counter
from redis.asyncio import ConnectionPool

from domain.engine import after_commit
from domain.engine.after_commit import CHANGES_CHANNEL, CommittedChanges
from domain.kernel.runtime.circuit_breaker import TIMEOUT_SECONDS, circuit_of
from settings import JOB_QUEUE
from workers.documents import DOCUMENTED_NOUNS

QUEUE = JOB_QUEUE
# Each job is one round trip to Redis; more would not fit into the timeout.
MAX_JOBS_PER_COMMIT = 50
# One job does all that waits.
DOCUMENTS_JOB = "documents"
PUBLISH_FAILURES = Counter("werkstand_accelerator_failures", "Commits that could not be told to Redis in time.")

log = structlog.get_logger()


def serialize_job(job: dict[str, object]) -> bytes:
    """Serialize a job as JSON, because unpickling data from Redis could run code here.

    The queue serializes its own errors too, of jobs that have expired or were tried too often: as text.
    """
    return json.dumps(job, default=repr).encode()


class JobPublisher:
    """Receives every commit of this process. While the circuit of Redis is open, it leaves them to the clock."""

    def __init__(self, redis_url: str, *, publishes_changes: bool) -> None:
        self._redis: ArqRedis = ArqRedis(
            ConnectionPool.from_url(redis_url, socket_connect_timeout=TIMEOUT_SECONDS),
            job_serializer=serialize_job,
            job_deserializer=json.loads,
            default_queue_name=QUEUE,
        )
        self._publishes_changes = publishes_changes
        self._circuit = circuit_of(self._redis)

    async def publish(self, changes: CommittedChanges) -> None:
        """Publish the jobs of a commit within the timeout; of very many, only the first."""
        if not self._circuit.is_closed:
            return
        try:
            async with self._circuit.attempt():
                await self._enqueue(changes)
        except Exception as failure:
            PUBLISH_FAILURES.inc()
            log.warning("redis is away, the clock will do it", error=repr(failure))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)

    async def _enqueue(self, changes: CommittedChanges) -> None:
        if changes.order_ids and self._publishes_changes:
            await self._redis.publish(CHANGES_CHANNEL, b"")
        await asyncio.gather(*self._jobs(changes))

    def _jobs(self, changes: CommittedChanges) -> Iterator[Awaitable[object]]:
        """The jobs of a commit, to be sent side by side: each is a round trip of its own."""
        for operation_id in changes.started_operations:
            yield self._job("run_bulk_operation", operation_id)
        if DOCUMENTED_NOUNS & changes.nouns:
            yield self._redis.enqueue_job("work_on_documents", _job_id=DOCUMENTS_JOB)
        for message_id in changes.message_ids[:MAX_JOBS_PER_COMMIT]:
            yield self._job("send_message", message_id)
        for deadline_id, due_at in islice(changes.deadlines.items(), MAX_JOBS_PER_COMMIT):
            yield self._job("fire_deadline", deadline_id, due_at)

    def _job(self, name: str, row_id: UUID, due_at: datetime | None = None) -> Awaitable[object]:
        job_id = f"{name}:{row_id}" if due_at is None else f"{name}:{row_id}:{due_at.timestamp()}"
        defer_until = None if due_at is None else max(due_at, datetime.now(UTC))
        return self._redis.enqueue_job(name, str(row_id), _job_id=job_id, _defer_until=defer_until)


def subscribe_job_publisher(redis_url: str) -> None:
    """Publish the commits of this process until it ends. For the API, which publishes change notices itself."""
    if redis_url:
        after_commit.subscribe(JobPublisher(redis_url, publishes_changes=False).publish)


@asynccontextmanager
async def job_publisher(redis_url: str) -> AsyncIterator[None]:
    """Publish the commits made within the block; does nothing without Redis."""
    if not redis_url:
        yield
        return
    publisher = JobPublisher(redis_url, publishes_changes=True)
    stop = after_commit.subscribe(publisher.publish)
    try:
        yield
    finally:
        stop()
        await publisher.close()
