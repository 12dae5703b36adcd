"""Kills (-9) in the middle of work, seen from outside; what the killed had claimed is free at once."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.chaos.connection import Administrator
from tests.chaos.faults import signals
from tests.chaos.system import ChaosSystem

LOOK_SECONDS, LONGEST_DELAY_SECONDS = 0.004, 0.1
PATIENCE_SECONDS = 180.0
APPLICATION = (("api-1", "api"), ("api-2", "api"), ("clock-1", "clock"), ("worker", "worker"))
BILLING_PROCESSES = ("clock-1", "worker")
# A short operation is run by the API that starts it.
ALL_PROCESSES = tuple(name for name, _ in APPLICATION)
# Leases end by the real clock; nobody has to wait for it here. A lease of a living process may end too: two then do
# the same work, which must do no harm either.
END_LEASES = (
    "UPDATE bulk_operations SET leased_until = NULL WHERE state = 'RUNNING'",
    "UPDATE document_jobs SET next_attempt_at = clock_timestamp() WHERE state = 'PENDING' AND attempts > 0",
    "UPDATE outbox SET next_attempt_at = clock_timestamp() WHERE state = 'PENDING' AND attempts > 0",
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Work that is counted: how much is done, and whether a process is in the middle of some of it."""

    name: str
    done: str
    total: int
    is_in_the_middle: str


@dataclass(kw_only=True)
class Killer:
    """Kills processes of a system while it works, and counts how often."""

    system: ChaosSystem
    administrator: Administrator
    chance: random.Random
    longest_rest: float
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)

    async def until_done(
        self, stage: Stage, kills: int, victims: Sequence[Sequence[str]] = (BILLING_PROCESSES,)
    ) -> None:
        """Kill a group of processes so many times, then let the work end.

        Raises `TimeoutError` when it stands still.
        """
        began = time.monotonic()
        for number in range(kills):
            await asyncio.sleep(self.chance.uniform(0, self.longest_rest))
            if await self._is_over_before_the_middle(stage):
                break
            await asyncio.sleep(self.chance.uniform(0, LONGEST_DELAY_SECONDS))
            signals.kill(self.system.processes(*victims[number % len(victims)]))
            self.counts[stage.name] += 1
            await self.end_leases()
        await self._until_over(stage)
        self.seconds[stage.name] = time.monotonic() - began

    async def end_leases(self) -> None:
        for statement in END_LEASES:
            await self.administrator.fetch(statement)

    async def _is_over_before_the_middle(self, stage: Stage) -> bool:
        """Wait until a process is in the middle of the work; whether the work was over first."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.administrator.fetchval(stage.is_in_the_middle):
                if await self._done(stage) >= stage.total:
                    return True
                await asyncio.sleep(LOOK_SECONDS)
        return False

    async def _until_over(self, stage: Stage) -> None:
        """Wait for as long as something gets done now and then."""
        done = -1
        while done < stage.total:
            before = done
            async with asyncio.timeout(PATIENCE_SECONDS):
                while (done := await self._done(stage)) == before:  # noqa: ASYNC110 - no event tells of it
                    await asyncio.sleep(0.2)

    async def _done(self, stage: Stage) -> int:
        found: int = await self.administrator.fetchval(stage.done)
        return found
