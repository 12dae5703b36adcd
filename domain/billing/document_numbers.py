"""Numbers of documents: unique and consecutive per series, allocated at issue and nowhere else."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.model import InvoiceKind
from domain.engine.context import SettingsFacts
from domain.operator.number_series import Series, parsed_format

COUNT_ON = (
    """CREATE FUNCTION count_on(series text, amount integer) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE last integer;
    BEGIN
        FOR step IN 1..amount LOOP
            INSERT INTO number_series AS s (key, last_sequence)
            VALUES (count_on.series,
                coalesce((SELECT b.first_number FROM series_starts b WHERE b.series = count_on.series), 1))
            ON CONFLICT (key) DO UPDATE SET last_sequence = s.last_sequence + 1 RETURNING last_sequence INTO last;
        END LOOP;
        RETURN last;
    END $$""",
    "DROP FUNCTION count_on(text, integer)",
)
"""Counts a series on, one by one as its trigger demands, and returns the last number."""

COUNT_SERIES = "SELECT count_on($1, $2) AS last"
INSERT_NUMBERS = """INSERT INTO document_numbers (number, series, sequence, invoice_id, allocated_at)
    SELECT new.number, $1, new.sequence, new.invoice_id, $5
    FROM unnest($2::text[], $3::int[], $4::uuid[]) AS new (number, sequence, invoice_id)"""
NEXT_PROVISIONAL = "SELECT nextval('provisional_numbers') AS next FROM generate_series(1, $1)"


def series_of(kind: InvoiceKind, issued_on: date, operator: SettingsFacts) -> Series:
    """The series that a document of this kind and date takes its number from."""
    text = operator.cancellation_format if kind is InvoiceKind.CANCELLATION else operator.invoice_format
    return Series(parsed_format(text), issued_on.year)


async def allocate(
    connection: BaseDBAsyncClient, series: Series, invoice_ids: Sequence[UUID], at: datetime
) -> list[str]:
    """Allocate the next numbers of a series, one per invoice in their order, and enter them in the register.

    Other transactions that need a number of this series wait until the caller's ends. After a rollback the numbers were
    never allocated, so that none is missing. Call it last.
    """
    (row,) = await connection.execute_query_dict(COUNT_SERIES, [series.name, len(invoice_ids)])
    sequences = [*range(row["last"] - len(invoice_ids) + 1, row["last"] + 1)]
    numbers = [series.number(sequence) for sequence in sequences]
    await connection.execute_query(INSERT_NUMBERS, [series.name, numbers, sequences, list(invoice_ids), at])
    return numbers


async def provisional_numbers(connection: BaseDBAsyncClient, count: int) -> list[str]:
    """Provisional numbers for so many drafts; gaps mean nothing."""
    rows = await connection.execute_query_dict(NEXT_PROVISIONAL, [count])
    return [f"V-{row['next']:06}" for row in rows]
