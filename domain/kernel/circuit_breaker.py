"""Circuit breaker of an optional service: a short timeout, and a pause after each failure."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

TIMEOUT_SECONDS = 0.3
RETRY_SECONDS = 5.0


class CircuitBreaker:
    """Remembers a failure, so that callers skip the service for `RETRY_SECONDS`."""

    def __init__(self) -> None:
        self._retry_at = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the service may be used now."""
        return time.monotonic() >= self._retry_at

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """Use the service within `TIMEOUT_SECONDS`. A failure opens the circuit and is raised again."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                yield
        except Exception:
            self._retry_at = time.monotonic() + RETRY_SECONDS
            raise
