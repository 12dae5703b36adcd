"""Waiting for a condition that another task or process brings about."""

import asyncio
import time
from collections.abc import Awaitable, Callable

# How long tests wait before they fail. It never decides an outcome, so it is long enough for a busy machine.
PATIENCE_SECONDS = 60.0


async def it_happens(condition: Callable[[], Awaitable[bool]], patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Return as soon as the condition holds; fails when that takes too long."""
    give_up_at = time.monotonic() + patience_seconds
    while not await condition():
        assert time.monotonic() < give_up_at, "it did not happen"
        await asyncio.sleep(0.05)
