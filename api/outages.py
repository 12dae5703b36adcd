"""Whether a fault is nothing but the database being away for a moment."""

from asyncpg.exceptions import (
    AdminShutdownError,
    CannotConnectNowError,
    ConnectionDoesNotExistError,
    CrashShutdownError,
    InterfaceError,
    PostgresConnectionError,
    TooManyConnectionsError,
)
from tortoise.exceptions import DBConnectionError

SECONDS_TO_WAIT = 2
AWAY = (
    AdminShutdownError,
    CannotConnectNowError,
    ConnectionDoesNotExistError,
    CrashShutdownError,
    PostgresConnectionError,
    TooManyConnectionsError,
    DBConnectionError,
    ConnectionError,
    TimeoutError,
    FileNotFoundError,  # The socket of an embedded server that has just died.
)


def is_outage(fault: BaseException | None) -> bool:
    """Look at a fault and at what it was raised from."""
    while fault is not None:
        if isinstance(fault, AWAY):
            return True
        fault = getattr(fault, "original_error", None) or fault.__cause__ or _while_tidying_up(fault)
    return False


def _while_tidying_up(fault: BaseException) -> BaseException | None:
    """What a transaction failed of before its connection was found closed at the rollback."""
    return fault.__context__ if isinstance(fault, InterfaceError) else None
