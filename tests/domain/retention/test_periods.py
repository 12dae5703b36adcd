"""Retention ends with a year, by whole years after the year in which a record was made."""

from datetime import date

import pytest

from domain.retention.periods import KeptRecord, kept_until

CASES = [
    (KeptRecord.INVOICES, date(2026, 1, 1), 0, date(2034, 12, 31)),
    (KeptRecord.INVOICES, date(2026, 12, 31), 0, date(2034, 12, 31)),
    (KeptRecord.INVOICES, date(2026, 6, 1), 10, date(2036, 12, 31)),
    (KeptRecord.INVOICES, date(2015, 1, 1), 0, date(2023, 12, 31)),
    (KeptRecord.INVOICES, date(2014, 12, 31), 0, date(2024, 12, 31)),
    (KeptRecord.INVOICES, date(2014, 12, 31), 8, date(2024, 12, 31)),
    (KeptRecord.CONFIRMATIONS, date(2026, 3, 1), 0, date(2032, 12, 31)),
    (KeptRecord.LETTERS, date(2026, 3, 1), 0, date(2032, 12, 31)),
    (KeptRecord.HISTORY, date(2026, 3, 1), 0, date(2036, 12, 31)),
]


@pytest.mark.parametrize(("record", "made_on", "years", "until"), CASES)
def test_a_record_is_kept_until_the_end_of_its_last_year(
    record: KeptRecord, made_on: date, years: int, until: date
) -> None:
    assert kept_until(record, made_on, at_least_years=years) == until
