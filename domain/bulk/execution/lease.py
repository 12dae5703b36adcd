"""The lease of an operation: the time for which one process has it alone, and the wait after a failure.

Leases are kept in real time.
"""

from datetime import UTC, datetime, timedelta

LEASE_DURATION = timedelta(seconds=15)

RENEWED = f"clock_timestamp() + interval '{LEASE_DURATION.seconds} seconds'"
IS_FREE = "(leased_until IS NULL OR leased_until < clock_timestamp())"
# The wait doubles with each failed attempt.
BACKED_OFF = "clock_timestamp() + interval '1 second' * power(2, attempts)"


def initial_lease(total: int, most_at_once: int) -> datetime | None:
    """The end of the first lease of an operation; a larger one has none, so that any worker runs it."""
    return datetime.now(UTC) + LEASE_DURATION if total <= most_at_once else None
