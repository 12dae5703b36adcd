"""Detection of faults after which the same request may be sent again: the database is away, or overloaded."""

from asyncpg.exceptions import (
    AdminShutdownError,
    CannotConnectNowError,
    ConnectionDoesNotExistError,
    CrashShutdownError,
    InterfaceError,
    InternalClientError,
    LockNotAvailableError,
    PostgresConnectionError,
    TooManyConnectionsError,
)
from tortoise.exceptions import DBConnectionError

RETRY_AFTER_SECONDS = 2


class Overloaded(Exception):
    """Too much is waiting; nothing was written, and the same request may be sent again."""


OUTAGE_ERRORS = (
    AdminShutdownError,
    CannotConnectNowError,
    ConnectionDoesNotExistError,
    CrashShutdownError,
    InternalClientError,  # The driver says "cannot switch to state" of a connection that was cut within a statement.
    PostgresConnectionError,
    TooManyConnectionsError,
    DBConnectionError,
    LockNotAvailableError,  # After every retry: another transaction holds the row for long.
    Overloaded,
    ConnectionError,
    TimeoutError,
    FileNotFoundError,  # The socket of an embedded server that has just died.
)
CLOSED = ("connection is closed", "connection has been released back to the pool")


def is_outage(fault: BaseException | None) -> bool:
    """Return whether a fault, or one of its causes, is an outage."""
    while fault is not None:
        if isinstance(fault, OUTAGE_ERRORS) or _is_closed_connection(fault):
            return True
        fault = getattr(fault, "original_error", None) or fault.__cause__
    return False


def _is_closed_connection(fault: BaseException) -> bool:
    """The driver says so of a rollback too, with one class for this and for wrong use."""
    return isinstance(fault, InterfaceError) and any(each in str(fault) for each in CLOSED)
