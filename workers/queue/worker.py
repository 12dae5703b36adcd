"""Worker of the Redis queue: runs the same work as the scheduler, at once rather than within a second."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any, ClassVar
from uuid import UUID

from arq.connections import RedisSettings

import settings
from domain import commands
from domain.acceptance_records.rendering import document_worker
from domain.billing.documents.worker import DocumentWorker
from domain.database.pools import PATIENCE_SECONDS, connect, disconnect
from domain.files.object_store import object_store
from domain.kernel.runtime.gc import freeze_loaded_objects
from domain.kernel.runtime.structured_logging import configure_logging
from workers.heartbeats import keep_beating
from workers.notifications.dispatcher import Dispatcher
from workers.queue.job_failures import JOB_SECONDS, JobContext, failing_quietly
from workers.queue.job_publisher import QUEUE, job_publisher, serialize_job

HEARTBEAT_NAME = "worker"
MAX_DOCUMENTS_PER_JOB = 150


@failing_quietly
async def fire_deadline(context: JobContext, deadline_id: str) -> bool:
    """Fire a deadline if it is due; otherwise the scheduler or a later job fires it."""
    return await commands.fire_deadline(UUID(deadline_id))


@failing_quietly
async def send_message(context: JobContext, message_id: str) -> bool:
    """Send a message if it still waits."""
    dispatcher: Dispatcher = context["dispatcher"]
    return await dispatcher.send_message(UUID(message_id))


@failing_quietly
async def work_on_documents(context: JobContext) -> bool:
    """Check and render what waits; what is more than a job can do is left to the scheduler."""
    documents: DocumentWorker = context["documents"]
    return await documents.work_on_waiting(most=MAX_DOCUMENTS_PER_JOB) > 0


@failing_quietly
async def run_bulk_operation(context: JobContext, operation_id: str) -> bool:
    """Continue a bulk operation unless another process runs it."""
    return await commands.run_bulk_operation(UUID(operation_id))


async def open_resources(context: JobContext) -> None:
    """Open the pools and services that jobs need."""
    chosen = settings.load()
    configure_logging(human_readable=chosen.in_development)
    await connect(chosen.database_url, write_pool=8, read_pool=2, patience_seconds=PATIENCE_SECONDS)
    context["dispatcher"] = Dispatcher(chosen)
    context["documents"] = document_worker(object_store(chosen.storage_url))
    context["opened"] = opened = AsyncExitStack()
    await opened.enter_async_context(job_publisher(chosen.redis_url))
    context["heartbeats"] = asyncio.create_task(keep_beating(HEARTBEAT_NAME))
    freeze_loaded_objects()


async def close_resources(context: JobContext) -> None:
    """Close what `open_resources` has opened."""
    context["heartbeats"].cancel()
    await context["opened"].aclose()
    await disconnect()


class WorkerSettings:
    """Settings of arq. Results are not kept, because the rows in the database are the results."""

    functions: ClassVar[list[Any]] = [
        fire_deadline,
        send_message,
        run_bulk_operation,
        work_on_documents,
    ]
    on_startup = open_resources
    on_shutdown = close_resources
    queue_name = QUEUE
    redis_settings = RedisSettings.from_dsn(settings.load().redis_url)
    job_serializer = serialize_job
    job_deserializer = json.loads
    keep_result = 0
    job_timeout = JOB_SECONDS + 5  # Jobs end themselves before.
    job_completion_wait = 5
    max_jobs = 8
    poll_delay = 0.1
