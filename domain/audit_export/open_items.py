"""Open items with their entries, and what the bank stated, of a period."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import asyncpg

from domain.audit_export import money_statements as statements
from domain.audit_export.period import Period
from domain.audit_export.tables import ExportTable
from domain.audit_export.writer import ExportWriter

PAGE = 1_000
START = "00000000-0000-0000-0000-000000000000"
CENTS = "_cents"


@dataclass(frozen=True, kw_only=True)
class MoneyTable:
    """One table of the archive: its columns, and SQL that reads a page after `place`; amounts are in cents there."""

    name: str
    columns: tuple[str, ...]
    statement: str


TABLES = (
    MoneyTable(
        name="receivables",
        columns=(
            *("id", "number", "status", "currency", "amount", "canceled", "paid", "written_off", "due_on"),
            *("disputed_at", "dispute_reason", "dispute_resolution", "write_off_proposed_at", "created_at"),
        ),
        statement=statements.RECEIVABLES,
    ),
    MoneyTable(
        name="receivable_entries",
        columns=(
            *("id", "receivable_id", "number", "kind", "amount", "currency", "booked_on", "note", "reverses_id"),
            *("document", "bank_transaction_id", "entered_by", "created_at"),
        ),
        statement=statements.ENTRIES,
    ),
    MoneyTable(
        name="bank_files",
        columns=(
            *("id", "file_name", "sha256", "format", "account_count", "transaction_count", "known_count"),
            *("imported_by", "created_at"),
        ),
        statement=statements.BANK_FILES,
    ),
    MoneyTable(
        name="bank_transactions",
        columns=(
            *("id", "file_id", "position", "status", "account_iban", "amount", "charges", "currency", "booked_on"),
            *("valued_on", "counterparty_name", "counterparty_iban", "reference", "end_to_end_id", "bank_reference"),
            *("note", "created_at"),
        ),
        statement=statements.BANK_TRANSACTIONS,
    ),
)


async def open_items_and_bank(
    connection: asyncpg.Connection, period: Period, writer: ExportWriter
) -> AsyncIterator[bytes]:
    """Each table as CSV and as JSON."""
    for each in TABLES:
        table = ExportTable(each.columns)
        try:
            await _fill(table, each, connection, period)
            for extension, portions in (("csv", table.as_csv()), ("json", table.as_json())):
                async for portion in writer.stream(f"{each.name}.{extension}", each.name, portions):
                    yield portion
        finally:
            table.close()


async def _fill(table: ExportTable, of: MoneyTable, connection: asyncpg.Connection, period: Period) -> None:
    place: Any = START
    days = (period.first_day, period.last_day)
    while page := await connection.fetch(of.statement, *days, place, PAGE):
        for row in page:
            table.add(_with_amounts(row))
        place = page[-1]["id"]


def _with_amounts(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with what it has in cents as amounts."""
    return {
        name.removesuffix(CENTS): Decimal(value).scaleb(-2) if name.endswith(CENTS) else value
        for name, value in row.items()
    }
