"""The events of a period, and what proves that neither they nor the documents were changed."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from domain.audit_export import statements
from domain.audit_export.period import Period
from domain.audit_export.tables import ExportTable
from domain.audit_export.writer import ExportWriter
from domain.database.anchors import HEADS
from domain.verification.sealed_tables import SEALED_TABLES, SealedTable

PAGE = 1_000
START = "00000000-0000-0000-0000-000000000000"
ANCHOR_COLUMNS = ("day", "hash", "heads", "previous_hash")
# The sealed tables that belong to an invoice, and the column that names it.
INVOICE_OF = {"document_numbers": "invoice_id", "invoices": "id", "invoice_documents": "invoice_id"}


async def events_and_proof(
    connection: asyncpg.Connection, period: Period, anchor: str, writer: ExportWriter
) -> AsyncIterator[bytes]:
    """Events, anchors of days with the heads they cover, sealed rows, and the line for `werkstand verify --against`."""
    anchors = ExportTable(ANCHOR_COLUMNS)
    try:
        for row in await connection.fetch(statements.ANCHORS, period.first_day, period.last_day):
            anchors.add(row)
        for path, content, portions in (
            ("events.jsonl", "events", _events(connection, period)),
            ("proof/anchors.csv", "anchors", anchors.as_csv()),
            ("proof/anchors.json", "anchors", anchors.as_json()),
            ("proof/heads.jsonl", "heads", _heads(connection, period)),
            ("proof/seals.jsonl", "seals", _seals(connection, period)),
            ("proof/anchor.txt", "anchor", _text(anchor)),
        ):
            async for portion in writer.stream(path, content, portions):
                yield portion
    finally:
        anchors.close()


async def _events(connection: asyncpg.Connection, period: Period) -> AsyncIterator[bytes]:
    place: Any = START
    between = (period.begins_at, period.ends_at)
    while page := await connection.fetch(statements.EVENTS, *between, place, statements.SUBJECTS, PAGE):
        yield _lines(page)
        place = page[-1]["place"]


async def _heads(connection: asyncpg.Connection, period: Period) -> AsyncIterator[bytes]:
    """The heads of all chains of each anchored day; they tell ids and hashes only."""
    statement = statements.DAY_HEAD.format(heads=HEADS.format(day="$1::date"))
    for anchor in await connection.fetch(statements.ANCHORS, period.first_day, period.last_day):
        yield _lines(await connection.fetch(statement, anchor["day"]))


async def _seals(connection: asyncpg.Connection, period: Period) -> AsyncIterator[bytes]:
    for table in SEALED_TABLES:
        if table.name not in INVOICE_OF:
            continue
        place: Any = START
        while page := await connection.fetch(_sealed(table), period.first_day, period.last_day, place, PAGE):
            yield _lines(page)
            place = page[-1]["place"]


def _sealed(table: SealedTable) -> str:
    return statements.SEALED_ROW.format(
        name=table.name,
        key=table.key,
        key_type=table.key_type,
        invoice=INVOICE_OF[table.name],
        hashed=table.text_of("r"),
    )


async def _text(text: str) -> AsyncIterator[bytes]:
    yield f"{text}\n".encode()


def _lines(rows: Any) -> bytes:
    return "".join(f"{row['line']}\n" for row in rows).encode()
