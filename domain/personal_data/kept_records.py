"""Records about a person that the law keeps after the person is erased, each until the end of its last year."""

from dataclasses import dataclass
from datetime import date

from domain.retention.periods import KeptRecord, kept_until


@dataclass(frozen=True)
class Kept:
    """Records of one kind: how many there are, and the last day on which they are kept."""

    record: KeptRecord
    count: int
    until: date


def kept(record: KeptRecord, count: int, last_at: date | None, *, at_least_years: int = 0) -> list[Kept]:
    """The records as they are named; none when there are none. `last_at` is when the last of them was made."""
    if not count or last_at is None:
        return []
    return [Kept(record, count, kept_until(record, last_at, at_least_years=at_least_years))]


def as_values(records: list[Kept]) -> list[dict[str, object]]:
    """The records as an event keeps them."""
    return [{"record": each.record, "count": each.count, "until": each.until} for each in records]
