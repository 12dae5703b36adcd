"""One scheduler process of the sweep's benchmark: waits for a line, fires until nothing is due, and reports.

Run with `ours` or `procrastinate`. It prints a line when it is ready, and another when nothing is due any more: the
mebibytes it held at most.
"""

import asyncio
import os
import sys
from pathlib import Path

from tortoise import connections

from domain.commands import fire_due_deadlines
from domain.database import clock
from domain.database.pools import connect, disconnect
from domain.kernel.runtime.gc import freeze_loaded_objects
from settings import load
from tests.benchmarks.servers import most_memory_mib
from workers.queue.job_publisher import job_publisher
from workers.scheduler import READ_POOL_SIZE, WRITE_POOL_SIZE

OURS, PROCRASTINATE = "ours", "procrastinate"
IS_DUE = "SELECT 1 FROM deadlines WHERE state = 'PENDING' AND due_at <= $1 AND next_attempt_at <= $1 LIMIT 1"


async def sweep() -> None:
    """Do what the scheduler does every second, again and again while anything is due."""
    settings = load()
    await connect(settings.database_url, write_pool=WRITE_POOL_SIZE, read_pool=READ_POOL_SIZE)
    async with job_publisher(settings.redis_url):
        freeze_loaded_objects()
        await wait_to_begin()
        while await _is_anything_due():
            await fire_due_deadlines()
        report_end()
    await disconnect()


async def work_off_jobs() -> None:
    """Run a worker of procrastinate while any job is due."""
    # Not imported above, so that the memory of the scheduler is its own.
    from tests.benchmarks.delayed_jobs import worker

    async with worker(os.environ["DATABASE_URL"]) as work_off:
        await wait_to_begin()
        await work_off()
        report_end()


async def wait_to_begin() -> None:
    """Say that everything is loaded and connected, and wait for a line."""
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


def report_end() -> None:
    """Say how many mebibytes this process held at most."""
    print(most_memory_mib(Path("/proc/self/status")), flush=True)


async def _is_anything_due() -> bool:
    connection = connections.get("default")
    return bool(await connection.execute_query_dict(IS_DUE, [await clock.now(connection)]))


if __name__ == "__main__":
    asyncio.run({OURS: sweep, PROCRASTINATE: work_off_jobs}[sys.argv[1]]())
