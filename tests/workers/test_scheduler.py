"""Scheduler process: works without Redis, survives failures, and ends in good order."""

import asyncio
import os
import signal
import sys

import pytest

from domain.deliveries.model import Delivery, DeliveryStatus
from settings import Settings
from tests.makers.deliveries import a_delivery
from tests.makers.time import berlin, the_clock_shows
from tests.support.inbox import Inbox
from tests.support.polling import PATIENCE_SECONDS, it_happens
from workers import scheduler
from workers.commands.doctor.database_checks import clock as seen_by_the_doctor


@pytest.mark.database
async def test_the_process_fires_and_sends_without_redis_and_ends_when_asked(settings: Settings, smtp: Inbox) -> None:
    case = await a_delivery(at=berlin(2026, 6, 1, 12))
    await the_clock_shows(berlin(2026, 6, 4, 12))
    environment = os.environ | {"REDIS_URL": ""}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "workers.commands.cli", "clock", env=environment
    )

    async def everything_is_done() -> bool:
        accepted = (await Delivery.get(id=case.id)).status is DeliveryStatus.ACCEPTED
        told = any("gilt als abgenommen" in str(mail["Subject"]) for mail in smtp.mails)
        return accepted and told

    await it_happens(everything_is_done)
    assert (await seen_by_the_doctor(settings)).is_ok

    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) == 0


async def test_a_round_that_fails_is_tried_again_and_holds_up_no_other() -> None:
    ended, failed, worked = asyncio.Event(), [], []

    async def fails() -> None:
        failed.append(1)
        raise ConnectionError("the server went away")

    async def works() -> None:
        worked.append(1)
        if len(worked) >= 3 and len(failed) >= 3:
            ended.set()

    await asyncio.wait_for(scheduler.run_periodically(ended, {fails: 0.001, works: 0.001}), PATIENCE_SECONDS)

    assert len(failed) >= 3


async def test_what_hangs_does_not_keep_the_clock_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "SHUTDOWN_SECONDS", 0.01)
    ended = asyncio.Event()

    async def hangs() -> None:
        ended.set()
        await asyncio.Event().wait()

    await asyncio.wait_for(scheduler.run_periodically(ended, {hangs: 0.001}), PATIENCE_SECONDS)
