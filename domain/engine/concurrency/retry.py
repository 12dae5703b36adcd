"""Retry of transactions that met a transient conflict: a deadlock, a lock timeout, a serialization failure."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from asyncpg.exceptions import DeadlockDetectedError, LockNotAvailableError, SerializationError
from tortoise.exceptions import OperationalError

ATTEMPTS = 8
TRANSIENT_ERRORS = (DeadlockDetectedError, LockNotAvailableError, SerializationError)

T = TypeVar("T")


async def retry_on_conflict(attempt: Callable[[], Awaitable[T]], attempts: int = ATTEMPTS) -> T:
    """Run an attempt that is a whole transaction, and again after growing pauses while the conflict is transient."""
    for number in range(attempts):
        try:
            return await attempt()
        except (OperationalError, *TRANSIENT_ERRORS) as error:
            if not is_transient(error) or number == attempts - 1:
                raise
            await asyncio.sleep(0.01 * 2**number)
    raise AssertionError("the last attempt either returned or raised")


def is_transient(error: BaseException) -> bool:
    """Whether a retry can help. The ORM wraps some of the driver's errors and passes others on as they are."""
    return isinstance(error, TRANSIENT_ERRORS) or isinstance(error.__cause__, TRANSIENT_ERRORS)
