"""Detection of faults that mean the database is temporarily unavailable."""

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

RETRY_AFTER_SECONDS = 2
OUTAGE_ERRORS = (
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
    """Return whether a fault, or one of its causes, is an outage."""
    while fault is not None:
        if isinstance(fault, OUTAGE_ERRORS) or _is_closed_connection(fault):
            return True
        fault = getattr(fault, "original_error", None) or fault.__cause__
    return False


def _is_closed_connection(fault: BaseException) -> bool:
    """The driver says so of a rollback too, with one class for this and for wrong use."""
    return isinstance(fault, InterfaceError) and "connection is closed" in str(fault)
