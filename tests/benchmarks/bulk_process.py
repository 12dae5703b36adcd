"""One process that resumes bulk operations as the scheduler does, until none is running; its parent may kill it."""

import asyncio

from tortoise import connections

from domain.commands import run_waiting_bulk_operations
from domain.database.pools import connect, disconnect
from settings import load
from tests.benchmarks.sweep_process import wait_to_begin
from workers.scheduler import READ_POOL_SIZE, WRITE_POOL_SIZE

PAUSE_SECONDS = 0.1
IS_ANY_RUNNING = "SELECT 1 FROM bulk_operations WHERE state = 'RUNNING' LIMIT 1"


async def resume() -> None:
    """Resume what no process works on: what a killed one has left is free when its lease has ended."""
    await connect(load().database_url, write_pool=WRITE_POOL_SIZE, read_pool=READ_POOL_SIZE)
    await wait_to_begin()
    while await connections.get("default").execute_query_dict(IS_ANY_RUNNING):
        await run_waiting_bulk_operations()
        await asyncio.sleep(PAUSE_SECONDS)
    await disconnect()


if __name__ == "__main__":
    asyncio.run(resume())
