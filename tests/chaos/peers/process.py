"""A worker of procrastinate that runs until it is killed, and retries the jobs of killed ones as its guide says."""

import asyncio
import os

from tests.benchmarks.delayed_jobs import CONCURRENCY, firing_app

# As often as the scheduler looks for what is due.
POLL_SECONDS = 1.0
# A job is stalled when its worker has sent no heartbeat for 30 s, which is the default.
RECOVERY_SECONDS = 5.0


async def run() -> None:
    """Work, and look for stalled jobs beside it; either one's error ends the process, which is then started again."""
    async with firing_app(os.environ["DATABASE_URL"]) as app:

        async def recover() -> None:
            while True:
                for job in await app.job_manager.get_stalled_jobs():
                    await app.job_manager.retry_job(job)
                await asyncio.sleep(RECOVERY_SECONDS)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(recover())
            tasks.create_task(app.run_worker_async(concurrency=CONCURRENCY, fetch_job_polling_interval=POLL_SECONDS))


if __name__ == "__main__":
    asyncio.run(run())
