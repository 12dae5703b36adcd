"""Waiting for what another process does."""

import asyncio
import time
from collections.abc import Awaitable, Callable

SECONDS_TO_HAPPEN = 60.0


async def it_happens(condition: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as the condition holds; fails when that takes too long."""
    give_up_at = time.monotonic() + SECONDS_TO_HAPPEN
    while not await condition():
        assert time.monotonic() < give_up_at, "it did not happen"
        await asyncio.sleep(0.05)
