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


@dataclass(frozen=True)
class Found:
    """How many rows there are, and the day of the last one."""

    count: int
    last_on: date | None


def found(rows: str, made_at: str) -> str:
    """SQL of a fact of the type `Found`, read in one pass: `rows` follows SELECT, `made_at` is when each was made."""
    return f"(SELECT json_build_array(count(*), max({made_at})::date) {rows})"


def kept(record: KeptRecord, rows: Found, *, at_least_years: int = 0) -> list[Kept]:
    """The records as they are named; none when there are none."""
    if not rows.count or rows.last_on is None:
        return []
    return [Kept(record, rows.count, kept_until(record, rows.last_on, at_least_years=at_least_years))]


def as_values(records: list[Kept]) -> list[dict[str, object]]:
    """The records as an event keeps them."""
    return [{"record": each.record, "count": each.count, "until": each.until} for each in records]
