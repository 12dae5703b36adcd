"""How late the clock's moves were applied: in real seconds since they were due, armed, or leapt over."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.chaos import statements
from tests.chaos.connection import Administrator

SHOWN = 5
Leaps = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Late:
    """One deadline that was applied: its seconds after it was due, its kind, its real instant, and failed attempts."""

    seconds: float
    kind: str
    applied_at: datetime
    attempts: int

    def __str__(self) -> str:
        return f"{self.kind} {self.seconds:.2f} s, applied {self.applied_at:%H:%M:%S}, {self.attempts} attempts failed"


@dataclass(frozen=True)
class Lateness:
    """Seconds between due and applied, and the latest ones."""

    count: int
    p50: float
    p99: float
    longest: float
    latest: Sequence[Late] = ()

    def __str__(self) -> str:
        return f"p50 {self.p50:.2f} s, p99 {self.p99:.2f} s, max {self.longest:.2f} s, of {self.count:,}"


async def measure(administrator: Administrator, leaps: Leaps) -> Lateness:
    """The lateness of every deadline that was applied and never refused.

    Some are due before they are armed, and the clock may have leapt over the instant at which one was due.
    """
    rows = await administrator.fetch(statements.PUNCTUALITY)
    late = [Late(_seconds_late(row, leaps), row["kind"], real(row["fired_at"], leaps), row["attempts"]) for row in rows]
    latest = sorted(late, key=lambda each: each.seconds, reverse=True)[:SHOWN]
    return of([each.seconds for each in late], latest)


def of(seconds: Sequence[float], latest: Sequence[Late] = ()) -> Lateness:
    """Median, 99th percentile and maximum; zeros without any."""
    ordered = sorted(seconds) or [0.0]
    return Lateness(len(seconds), _percentile(ordered, 0.5), _percentile(ordered, 0.99), ordered[-1], latest)


def _seconds_late(row: Mapping[str, Any], leaps: Leaps) -> float:
    expected = max(real(row["due_at"], leaps), row["armed_at"])
    late: timedelta = real(row["fired_at"], leaps) - expected
    return late.total_seconds()


def real(instant: datetime, leaps: Leaps) -> datetime:
    """The real instant at which the system's clock first showed this one, or a later one."""
    shift = timedelta()
    for before, after in leaps:
        if instant <= before:
            break
        shift += after - before
        if instant < after:
            return after - shift
    return instant - shift


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
