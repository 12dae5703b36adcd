"""The worker on the Redis queue: the same deeds as the clock's, at once rather than within a second."""

import json
from contextlib import AsyncExitStack
from typing import Any, ClassVar
from uuid import UUID

from arq.connections import RedisSettings

import settings
from domain import actions
from domain.core import sweep
from domain.core.collector import spare_what_is_loaded
from domain.core.database import connect, disconnect
from domain.core.logs import configure_logs
from workers.accelerator import QUEUE, accelerated, serialize
from workers.dispatcher import Dispatcher

Context = dict[str, Any]


async def fire(context: Context, deadline_id: str) -> bool:
    """Fire a deadline if it is due; if not, the clock or a later job will."""
    return await sweep.fire_now(actions.BOOK, UUID(deadline_id))


async def deliver(context: Context, letter_id: str) -> bool:
    """Send a letter if it still waits."""
    dispatcher: Dispatcher = context["dispatcher"]
    return await dispatcher.deliver(UUID(letter_id))


async def work_on(context: Context, operation_id: str) -> bool:
    """Go on with an operation on many orders unless somebody is at it."""
    return await actions.work_on(UUID(operation_id))


async def start(context: Context) -> None:
    """Open what jobs need."""
    chosen = settings.load()
    configure_logs(for_people=chosen.in_development)
    await connect(chosen.database_url, write_pool=8, read_pool=2)
    context["dispatcher"] = Dispatcher(chosen)
    context["opened"] = opened = AsyncExitStack()
    await opened.enter_async_context(accelerated(chosen.redis_url))
    spare_what_is_loaded()


async def stop(context: Context) -> None:
    """Close what was opened."""
    await context["opened"].aclose()
    await disconnect()


class WorkerSettings:
    """What arq reads. Results are not kept: the rows in the database are the results."""

    functions: ClassVar[list[Any]] = [fire, deliver, work_on]
    on_startup = start
    on_shutdown = stop
    queue_name = QUEUE
    redis_settings = RedisSettings.from_dsn(settings.load().redis_url)
    job_serializer = serialize
    job_deserializer = json.loads
    keep_result = 0
    job_timeout = 30
    job_completion_wait = 5
    max_jobs = 8
    poll_delay = 0.1
