"""The lease of an operation: for how long one process has it alone, in real time, and when the next one may try."""

from datetime import UTC, datetime, timedelta

from domain.bulk.selection import MAX_ORDERS_AT_ONCE

LEASE_DURATION = timedelta(seconds=15)

RENEWED = f"clock_timestamp() + interval '{LEASE_DURATION.seconds} seconds'"
IS_FREE = "(leased_until IS NULL OR leased_until < clock_timestamp())"
# Twice as long after each failed attempt.
BACKED_OFF = "clock_timestamp() + interval '1 second' * power(2, attempts)"


def initial_lease(total: int) -> datetime | None:
    """Until when the process that starts an operation has it alone; a large one is for any worker from the start."""
    return datetime.now(UTC) + LEASE_DURATION if total <= MAX_ORDERS_AT_ONCE else None
