"""Scheduler process: fires deadlines, publishes, sends and cleans up; any number may run in parallel."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

import settings
from domain import commands
from domain.commands import remove_expired
from domain.database.anchors import anchor_finished_days
from domain.database.heartbeats import beat
from domain.database.pools import connect, disconnect
from domain.kernel.gc import freeze_loaded_objects
from domain.kernel.structured_logging import configure_logging
from workers.notifications.dispatcher import Dispatcher
from workers.queue.job_publisher import job_publisher

HEARTBEAT_NAME = "clock"
SHUTDOWN_SECONDS = 5.0
WRITE_POOL_SIZE, READ_POOL_SIZE = 8, 2

log = structlog.get_logger()
Task = Callable[[], Awaitable[object]]


async def run() -> None:
    """Run until a signal to end. A failed task is logged and runs again in its next round."""
    loaded = settings.load()
    configure_logging(human_readable=loaded.in_development)
    stopped = asyncio.Event()
    for end_signal in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(end_signal, stopped.set)
    await connect(loaded.database_url, write_pool=WRITE_POOL_SIZE, read_pool=READ_POOL_SIZE)
    try:
        async with job_publisher(loaded.redis_url):
            freeze_loaded_objects()
            await run_periodically(stopped, periodic_tasks(Dispatcher(loaded)))
    finally:
        await disconnect()


def periodic_tasks(dispatcher: Dispatcher) -> dict[Task, float]:
    """Return the periodic tasks and the seconds between two runs."""
    return {
        record_heartbeat: 2.0,
        commands.fire_due_deadlines: 1.0,
        dispatcher.send_waiting: 1.0,
        commands.run_waiting_bulk_operations: 1.0,
        commands.publish_due_changes: 1.0,
        commands.notify_stale_statuses: 60.0,
        remove_expired: 60.0,
        anchor_finished_days: 600.0,
    }


async def record_heartbeat() -> None:
    """Record that a scheduler is alive."""
    await beat(HEARTBEAT_NAME)


async def run_periodically(stopped: asyncio.Event, intervals: dict[Task, float]) -> None:
    """Run all tasks in parallel until `stopped` is set; then wait for their current rounds."""
    tasks = [asyncio.create_task(_repeat(work, pause, stopped)) for work, pause in intervals.items()]
    await stopped.wait()
    _, unfinished = await asyncio.wait(tasks, timeout=SHUTDOWN_SECONDS)
    for task in unfinished:
        task.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)


async def _repeat(task: Task, pause: float, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        try:
            await task()
        except Exception:
            log.exception("a round of the clock failed", round=getattr(task, "__name__", "?"))
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), pause * random.uniform(0.9, 1.1))  # noqa: S311 - spreads schedulers
