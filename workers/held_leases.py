"""The leases that a process works on: renewed until they are done, given back at once when it is asked to stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog

from domain.database import leases
from domain.database.leases import LEASE, Lease, LeaseLost

RENEWAL_SECONDS = LEASE.seconds / 3

log = structlog.get_logger()
Result = TypeVar("Result")


async def run_all(work: Iterable[Awaitable[Result]]) -> list[Result]:
    """Run everything side by side and return the results. A failure is raised once all have ended: none is left behind.

    Left behind, work would go on after its process has closed what it needs.
    """
    ended = await asyncio.gather(*work, return_exceptions=True)
    results: list[Result] = []
    for each in ended:
        if isinstance(each, BaseException):
            raise each
        results.append(each)
    return results


class HeldLeases:
    """Holds leases of one table. What waits is given back untried; what has begun may end, unless it is cancelled."""

    def __init__(self) -> None:
        self.is_stopping = False
        self._waiting: set[Lease] = set()
        self._begun: set[Lease] = set()

    @asynccontextmanager
    async def hold(self, claimed: Sequence[Lease]) -> AsyncIterator[None]:
        """Renew these leases within the block; those that were never begun are given back at its end."""
        self._waiting.update(claimed)
        renewal = asyncio.create_task(self._renew_regularly(claimed))
        try:
            yield
        finally:
            renewal.cancel()
            await self._give_back_waiting(claimed)

    @asynccontextmanager
    async def begin(self, lease: Lease) -> AsyncIterator[None]:
        """Work on a held lease; a cancelled block gives it back. Raises `LeaseLost` when it is held no longer."""
        if self.is_stopping or lease not in self._waiting:
            raise LeaseLost
        self._waiting.discard(lease)
        self._begun.add(lease)
        try:
            yield
        except asyncio.CancelledError:
            await _give_back_begun(lease)
            raise
        finally:
            self._begun.discard(lease)

    async def stop(self) -> None:
        """Begin nothing more and give back what waits, so that another process takes it now."""
        self.is_stopping = True
        await self._give_back_waiting(list(self._waiting))

    async def _give_back_waiting(self, claimed: Sequence[Lease]) -> None:
        untried = [lease for lease in claimed if lease in self._waiting]
        self._waiting.difference_update(untried)
        await leases.give_back_untried(untried)

    async def _renew_regularly(self, claimed: Sequence[Lease]) -> None:
        while True:
            await asyncio.sleep(RENEWAL_SECONDS)
            try:
                await leases.renew_all([each for each in claimed if each in self._waiting or each in self._begun])
            except Exception:
                log.exception("leases could not be renewed")


async def _give_back_begun(lease: Lease) -> None:
    try:
        await leases.give_back([lease])
    except Exception:
        log.exception("a lease could not be given back, it ends by itself")
