"""Scheduler process: fires deadlines, publishes, sends and cleans up; any number may run in parallel."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import structlog

import settings
from domain import commands
from domain.acceptance_records.rendering import document_worker
from domain.commands import remove_expired
from domain.database.anchors import anchor_finished_days
from domain.database.heartbeats import beat
from domain.database.pools import PATIENCE_SECONDS, connect, disconnect
from domain.files.object_store import ObjectStore, object_store
from domain.kernel.runtime.gc import freeze_loaded_objects
from domain.kernel.runtime.structured_logging import configure_logging
from domain.uploads.previews.worker import draw_waiting_previews
from domain.uploads.sweep import remove_superfluous, sweep_storage
from domain.verification.results import verify_when_due
from workers.queue.job_publisher import job_publisher
from workers.webhooks.dispatcher import WebhookDispatcher

if TYPE_CHECKING:
    from workers.notifications.dispatcher import Dispatcher

HEARTBEAT_NAME = "clock"
SHUTDOWN_SECONDS, FIRST_SWEEP_SECONDS = 5.0, 10.0
QUEUE_HEAD_START = timedelta(seconds=10)
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
    mails, webhooks = MailSender(loaded), WebhookDispatcher(loaded)
    # A queue begins at once; the scheduler helps with what still waits, and does it all where there is no queue.
    grace = QUEUE_HEAD_START if loaded.redis_url else timedelta(0)
    store = object_store(loaded.storage_url)
    documents = partial(document_worker(store).work_on_waiting, grace)
    await connect(
        loaded.database_url,
        write_pool=WRITE_POOL_SIZE,
        read_pool=READ_POOL_SIZE,
        patience_seconds=PATIENCE_SECONDS,
    )
    try:
        async with job_publisher(loaded.redis_url):
            freeze_loaded_objects()
            verification = partial(verify_when_due, loaded.database_url, loaded.storage_url)
            sweeps = Sweeps()
            tasks = periodic_tasks(mails, webhooks, documents, verification) | file_tasks(store)
            await asyncio.gather(
                run_periodically(stopped, {sweeps.fire_due_deadlines: 1.0, record_heartbeat: 2.0}),
                sweeps.after_the_first(run_periodically(stopped, tasks)),
                _give_back(stopped, mails, webhooks),
            )
    finally:
        await disconnect()


def periodic_tasks(
    mails: "MailSender", webhooks: WebhookDispatcher, documents: Task, verification: Task
) -> dict[Task, float]:
    """Return the periodic tasks and the seconds between two runs; those of once a day find out whether it is time."""
    return {
        mails.send_waiting: 1.0,
        webhooks.start_waiting: 1.0,
        documents: 1.0,
        commands.run_waiting_bulk_operations: 1.0,
        commands.publish_due_changes: 1.0,
        commands.notify_stale_statuses: 60.0,
        remove_expired: 60.0,
        anchor_finished_days: 600.0,
        verification: 5.0,
    }


def file_tasks(store: ObjectStore) -> dict[Task, float]:
    """Return the tasks of uploaded files and the seconds between two runs; large ones hold up no others."""
    return {
        partial(commands.compose_waiting_files, store): 1.0,
        partial(commands.compose_waiting_files, store, large=True): 1.0,
        partial(commands.check_waiting_files, store): 1.0,
        partial(commands.check_waiting_files, store, large=True): 1.0,
        partial(draw_waiting_previews, store): 1.0,
        partial(remove_superfluous, store): 10.0,
        partial(sweep_storage, store): 3600.0,
    }


async def _give_back(stopped: asyncio.Event, mails: "MailSender", webhooks: WebhookDispatcher) -> None:
    """When asked to stop, leave what is claimed and not yet on its way to other processes, before all else."""
    await stopped.wait()
    await asyncio.gather(mails.stop(), webhooks.stop(), return_exceptions=True)


class Sweeps:
    """Fires deadlines before all other work begins: that a process restarts makes none later than it must."""

    def __init__(self) -> None:
        self._first_is_done = asyncio.Event()

    async def fire_due_deadlines(self) -> None:
        """Fire what is due."""
        try:
            await commands.fire_due_deadlines()
        finally:
            self._first_is_done.set()

    async def after_the_first(self, work: Awaitable[None]) -> None:
        """Do other work once all that is due has been tried once, or after `FIRST_SWEEP_SECONDS`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._first_is_done.wait(), FIRST_SWEEP_SECONDS)
        await work


class MailSender:
    """Sends waiting mails. What composes them is loaded in a thread: deadlines are fired meanwhile."""

    def __init__(self, loaded: settings.Settings) -> None:
        self._settings = loaded
        self._dispatcher: Dispatcher | None = None

    async def send_waiting(self) -> int:
        """Send all waiting messages; returns the number of accepted mails."""
        if self._dispatcher is None:
            module = await asyncio.to_thread(import_module, "workers.notifications.dispatcher")
            self._dispatcher = module.Dispatcher(self._settings)
            freeze_loaded_objects()
        return await self._dispatcher.send_waiting()

    async def stop(self) -> None:
        """Give back what is claimed; nothing more is sent."""
        if self._dispatcher is not None:
            await self._dispatcher.stop()


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
