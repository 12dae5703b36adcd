"""The clock process: fires deadlines, publishes, sends, works on and tidies up, alone or beside others of its kind."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

import settings
from domain import actions
from domain.database.anchors import anchor_finished_days
from domain.database.heartbeats import beat
from domain.database.pools import connect, disconnect
from domain.engine.retention import remove_expired
from domain.kernel.gc import freeze_loaded_objects
from domain.kernel.structured_logging import configure_logging
from workers.accelerator import accelerated
from workers.dispatcher import Dispatcher

NAME = "clock"
SECONDS_TO_FINISH = 5.0
WRITE_POOL, READ_POOL = 8, 2

log = structlog.get_logger()
Work = Callable[[], Awaitable[object]]


async def run() -> None:
    """Work until asked to end. Whatever fails is logged and tried again in the next round."""
    chosen = settings.load()
    configure_logging(human_readable=chosen.in_development)
    ended = asyncio.Event()
    for last_signal in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(last_signal, ended.set)
    await connect(chosen.database_url, write_pool=WRITE_POOL, read_pool=READ_POOL)
    try:
        async with accelerated(chosen.redis_url):
            freeze_loaded_objects()
            await tick_until(ended, rounds(Dispatcher(chosen)))
    finally:
        await disconnect()


def rounds(dispatcher: Dispatcher) -> dict[Work, float]:
    """What is done again and again, and the seconds between two times."""
    return {
        show_life: 2.0,
        actions.fire_due_deadlines: 1.0,
        dispatcher.deliver_waiting: 1.0,
        actions.work_on_waiting_operations: 1.0,
        actions.publish_due_changes: 1.0,
        actions.tell_of_stale_statuses: 60.0,
        remove_expired: 60.0,
        anchor_finished_days: 600.0,
    }


async def show_life() -> None:
    """Note that a clock is alive."""
    await beat(NAME)


async def tick_until(ended: asyncio.Event, every: dict[Work, float]) -> None:
    """Run all rounds side by side until told to end; then let each finish what it is at."""
    tasks = [asyncio.create_task(_again_and_again(work, pause, ended)) for work, pause in every.items()]
    await ended.wait()
    _, unfinished = await asyncio.wait(tasks, timeout=SECONDS_TO_FINISH)
    for task in unfinished:
        task.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)


async def _again_and_again(work: Work, pause: float, ended: asyncio.Event) -> None:
    while not ended.is_set():
        try:
            await work()
        except Exception:
            log.exception("a round of the clock failed", round=getattr(work, "__name__", "?"))
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), pause * random.uniform(0.9, 1.1))  # noqa: S311 - spreads clocks
