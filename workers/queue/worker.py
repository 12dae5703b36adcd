"""Worker of the Redis queue: runs the same work as the scheduler, at once rather than within a second."""

import json
from contextlib import AsyncExitStack
from typing import Any, ClassVar
from uuid import UUID

from arq.connections import RedisSettings

import settings
from domain import commands
from domain.database.pools import connect, disconnect
from domain.kernel.gc import freeze_loaded_objects
from domain.kernel.structured_logging import configure_logging
from workers.notifications.dispatcher import Dispatcher
from workers.queue.job_publisher import QUEUE, job_publisher, serialize_job

JobContext = dict[str, Any]


async def fire_deadline(context: JobContext, deadline_id: str) -> bool:
    """Fire a deadline if it is due; otherwise the scheduler or a later job fires it."""
    return await commands.fire_deadline(UUID(deadline_id))


async def send_message(context: JobContext, message_id: str) -> bool:
    """Send a message if it still waits."""
    dispatcher: Dispatcher = context["dispatcher"]
    return await dispatcher.send_message(UUID(message_id))


async def run_bulk_operation(context: JobContext, operation_id: str) -> bool:
    """Continue a bulk operation unless another process runs it."""
    return await commands.run_bulk_operation(UUID(operation_id))


async def open_resources(context: JobContext) -> None:
    """Open the pools and services that jobs need."""
    chosen = settings.load()
    configure_logging(human_readable=chosen.in_development)
    await connect(chosen.database_url, write_pool=8, read_pool=2)
    context["dispatcher"] = Dispatcher(chosen)
    context["opened"] = opened = AsyncExitStack()
    await opened.enter_async_context(job_publisher(chosen.redis_url))
    freeze_loaded_objects()


async def close_resources(context: JobContext) -> None:
    """Close what `open_resources` has opened."""
    await context["opened"].aclose()
    await disconnect()


class WorkerSettings:
    """Settings of arq. Results are not kept, because the rows in the database are the results."""

    functions: ClassVar[list[Any]] = [fire_deadline, send_message, run_bulk_operation]
    on_startup = open_resources
    on_shutdown = close_resources
    queue_name = QUEUE
    redis_settings = RedisSettings.from_dsn(settings.load().redis_url)
    job_serializer = serialize_job
    job_deserializer = json.loads
    keep_result = 0
    job_timeout = 30
    job_completion_wait = 5
    max_jobs = 8
    poll_delay = 0.1
