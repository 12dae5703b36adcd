"""Heartbeats of processes without rounds of their own."""

import asyncio
from contextlib import suppress

import pytest

from domain.database.model import Heartbeat
from tests.support.polling import it_happens
from workers.heartbeats import keep_beating

pytestmark = pytest.mark.database


async def test_a_process_is_seen_alive_while_it_runs() -> None:
    beating = asyncio.create_task(keep_beating("worker"))

    await it_happens(Heartbeat.filter(name="worker").exists)

    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
