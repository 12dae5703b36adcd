"""Regular heartbeats of a process that has no rounds of its own."""

import asyncio

import structlog

from domain.database.heartbeats import beat

HEARTBEAT_SECONDS = 5.0

log = structlog.get_logger()


async def keep_beating(name: str) -> None:
    """Record every few seconds that a process of this name is alive, until cancelled; failures are logged."""
    while True:
        try:
            await beat(name)
        except Exception:
            log.exception("a heartbeat could not be recorded", process=name)
        await asyncio.sleep(HEARTBEAT_SECONDS)
