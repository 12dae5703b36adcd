"""Records about a person that the law keeps after the person is erased, each until the end of its last year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class KeptRecord(StrEnum):
    """What is kept: proofs of agreements, issued invoices, the history and the audit trail, the membership."""

    CONFIRMATIONS = "CONFIRMATIONS"
    INVOICES = "INVOICES"
    HISTORY = "HISTORY"
    AUDIT = "AUDIT"
    MEMBERSHIP = "MEMBERSHIP"


# Sections 147 AO and 257 HGB: letters of business 6 years, vouchers 8, books and what makes them verifiable 10.
YEARS: Mapping[KeptRecord, int] = {
    KeptRecord.CONFIRMATIONS: 6,
    KeptRecord.INVOICES: 8,
    KeptRecord.HISTORY: 10,
    KeptRecord.AUDIT: 10,
    KeptRecord.MEMBERSHIP: 10,
}


@dataclass(frozen=True)
class Kept:
    """Records of one kind: how many there are, and the last day on which they are kept."""

    record: KeptRecord
    count: int
    until: date


def kept(record: KeptRecord, count: int, last_at: date | None) -> list[Kept]:
    """The records as they are named; none when there are none. `last_at` is when the last of them was made."""
    if not count or last_at is None:
        return []
    return [Kept(record, count, date(last_at.year + YEARS[record], 12, 31))]


def as_values(records: list[Kept]) -> list[dict[str, object]]:
    """The records as an event keeps them."""
    return [{"record": each.record, "count": each.count, "until": each.until} for each in records]
