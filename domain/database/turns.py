"""Turns within a process: commands on one row wait for each other before they take a connection, not with one."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from domain.database.outages import Overloaded

MOST_WAITING = 100


@dataclass
class _Queue:
    """Who has the turn, and how many are there in all."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    present: int = 0


class Turns:
    """One turn at a time for each key, first come, first served.

    Without it, commands on a locked order would hold every connection of the pool while they wait for the lock, and
    nothing else could be written.
    """

    def __init__(self) -> None:
        self._queues: dict[Hashable, _Queue] = {}

    @asynccontextmanager
    async def take(self, key: Hashable | None) -> AsyncIterator[None]:
        """Wait for the turn and hold it within the block; None has no queue. Raises `Overloaded` when too many wait."""
        if key is None:
            yield
            return
        queue = self._queues.setdefault(key, _Queue())
        if queue.present > MOST_WAITING:
            raise Overloaded("too many commands wait for the same row")
        queue.present += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.present -= 1
            if not queue.present:
                del self._queues[key]
