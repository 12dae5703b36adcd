"""Failures of jobs: logged and counted here, never raised into the queue, whose record of them nothing reads.

The row that a job is about still waits in the database, with its attempts and its last error; the scheduler finds it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

import structlog
from prometheus_client import Counter

JOB_SECONDS = 25
JOB_FAILURES = Counter("werkstand_job_failures", "Jobs of the queue that failed; their rows wait.", ["job"])

log = structlog.get_logger()
JobContext = dict[str, Any]
P = ParamSpec("P")


def failing_quietly(job: Callable[P, Awaitable[bool]]) -> Callable[P, Awaitable[bool]]:
    """A job that ends within `JOB_SECONDS` and returns False where it fails; a stopped worker still cancels it."""
    name = getattr(job, "__name__", "?")

    @wraps(job)
    async def run(*given: P.args, **named: P.kwargs) -> bool:
        try:
            async with asyncio.timeout(JOB_SECONDS):
                return await job(*given, **named)
        except Exception as failure:
            JOB_FAILURES.labels(name).inc()
            log.warning("a job failed, its row waits for the clock", job=name, rows=given[1:], why=repr(failure))
            return False

    return run
