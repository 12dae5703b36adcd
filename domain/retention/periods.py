"""The one table of retention periods, each with the day from which it holds and the law that says so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class KeptRecord(StrEnum):
    """What is kept: agreements, letters, issued invoices, the history and the audit trail, the membership."""

    CONFIRMATIONS = "CONFIRMATIONS"
    LETTERS = "LETTERS"
    INVOICES = "INVOICES"
    HISTORY = "HISTORY"
    AUDIT = "AUDIT"
    MEMBERSHIP = "MEMBERSHIP"


@dataclass(frozen=True, kw_only=True)
class RetentionPeriod:
    """So many whole years after the year in which a record was made, for records made from this day on."""

    record: KeptRecord
    years: int
    made_from: date
    law: str


LETTERS_OF_BUSINESS = "section 147 (1) no. 2, 3 and (3) AO; section 257 (1) no. 2, 3 and (4) HGB"
VOUCHERS = "section 147 (1) no. 4 and (3) AO; section 257 (1) no. 4 and (4) HGB; section 14b (1) UStG"
BOOKS = "section 147 (1) no. 1 and (3) AO; section 257 (1) no. 1 and (4) HGB"
SHORTER_VOUCHERS = date(2015, 1, 1)  # The act of 2024 spares vouchers whose ten years had not ended with 2024.

RETENTION_PERIODS = (
    RetentionPeriod(record=KeptRecord.CONFIRMATIONS, years=6, made_from=date.min, law=LETTERS_OF_BUSINESS),
    RetentionPeriod(record=KeptRecord.LETTERS, years=6, made_from=date.min, law=LETTERS_OF_BUSINESS),
    RetentionPeriod(record=KeptRecord.INVOICES, years=10, made_from=date.min, law=VOUCHERS),
    RetentionPeriod(record=KeptRecord.INVOICES, years=8, made_from=SHORTER_VOUCHERS, law=VOUCHERS),
    RetentionPeriod(record=KeptRecord.HISTORY, years=10, made_from=date.min, law=BOOKS),
    RetentionPeriod(record=KeptRecord.AUDIT, years=10, made_from=date.min, law=BOOKS),
    RetentionPeriod(record=KeptRecord.MEMBERSHIP, years=10, made_from=date.min, law=BOOKS),
)


def kept_until(record: KeptRecord, made_on: date, *, at_least_years: int = 0) -> date:
    """The last day on which a record is kept: the end of a year. The operator may keep it for longer than the law."""
    periods = [each for each in RETENTION_PERIODS if each.record is record and each.made_from <= made_on]
    years = max(periods, key=lambda period: period.made_from).years
    return date(made_on.year + max(years, at_least_years), 12, 31)


def shortest_period(record: KeptRecord) -> int:
    """The fewest whole years for which records of this kind that are made today are kept."""
    periods = [each for each in RETENTION_PERIODS if each.record is record]
    return max(periods, key=lambda period: period.made_from).years
