"""Numbers of documents: unique and consecutive per series, allocated at issue and nowhere else."""

from datetime import date, datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.billing.model import InvoiceKind
from domain.engine.context import SettingsFacts
from domain.operator.number_series import Series, parsed_format

INCREMENT_SERIES = """INSERT INTO number_series AS s (key, last_sequence)
    VALUES ($1::text, coalesce((SELECT b.first_number FROM series_starts b WHERE b.series = $1::text), 1))
    ON CONFLICT (key) DO UPDATE SET last_sequence = s.last_sequence + 1 RETURNING last_sequence"""
INSERT_NUMBER = """INSERT INTO document_numbers (number, series, sequence, invoice_id, allocated_at)
    VALUES ($1, $2, $3, $4, $5)"""
NEXT_PROVISIONAL = "SELECT nextval('provisional_numbers') AS next"


def series_of(kind: InvoiceKind, issued_on: date, operator: SettingsFacts) -> Series:
    """The series that a document of this kind and date takes its number from."""
    text = operator.cancellation_format if kind is InvoiceKind.CANCELLATION else operator.invoice_format
    return Series(parsed_format(text), issued_on.year)


async def allocate(connection: BaseDBAsyncClient, series: Series, invoice_id: UUID, at: datetime) -> str:
    """Allocate the next number of a series within the caller's transaction and enter it in the register.

    Other transactions that need a number of this series wait until this one ends. After a rollback the number was never
    allocated, so that none is missing. Call it last.
    """
    (row,) = await connection.execute_query_dict(INCREMENT_SERIES, [series.name])
    sequence = row["last_sequence"]
    number = series.number(sequence)
    await connection.execute_query(INSERT_NUMBER, [number, series.name, sequence, invoice_id, at])
    return number


async def provisional_number(connection: BaseDBAsyncClient) -> str:
    """A provisional number for a draft; gaps mean nothing."""
    (row,) = await connection.execute_query_dict(NEXT_PROVISIONAL)
    return f"V-{row['next']:06}"
