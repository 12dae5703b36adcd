"""The check of stored documents: their bytes in the storage still have the hash that their row keeps."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from domain.files.object_store import MissingFile, ObjectStore, StorageUnavailable
from domain.verification.findings import Fault, Report

# So many files are read at a time, each in portions.
PORTION = 8
START = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, kw_only=True)
class DocumentTable:
    """A table whose rows name stored documents, with SQL for what each row `d` is about."""

    name: str
    joins: str
    subject: str

    @property
    def select_page(self) -> str:
        return f"""SELECT d.id, d.key, d.sha256, {self.subject} AS subject FROM {self.name} d {self.joins}
            WHERE d.id > $1 ORDER BY d.id LIMIT $2"""

    @property
    def count_left(self) -> str:
        return f"SELECT count(*) FROM {self.name} WHERE id > $1"


TABLES = (
    DocumentTable(
        name="invoice_documents",
        joins="JOIN invoices i ON i.id = d.invoice_id",
        subject="i.number || ' ' || d.kind",
    ),
    DocumentTable(
        name="acceptance_documents",
        joins="JOIN acceptance_records r ON r.id = d.record_id",
        subject="r.contents -> 'order' ->> 'number'",
    ),
)


async def check_files(connection: asyncpg.Connection, report: Report, store: ObjectStore) -> None:
    """Every stored document is there and unchanged; once the storage is away, the rest counts as not checked."""
    for table in TABLES:
        await _check_table(connection, report, store, table)


async def _check_table(
    connection: asyncpg.Connection, report: Report, store: ObjectStore, table: DocumentTable
) -> None:
    place: Any = START
    while page := await connection.fetch(table.select_page, place, PORTION):
        try:
            faults = await asyncio.gather(*(_fault(store, row) for row in page))
        except StorageUnavailable:
            report.unchecked += await connection.fetchval(table.count_left, place)
            return
        report.files += len(page)
        report.add(table.name, _findings(page, faults))
        place = page[-1]["id"]


async def _fault(store: ObjectStore, row: Mapping[str, Any]) -> Fault | None:
    try:
        digest = await store.digest(row["key"])
    except MissingFile:
        return Fault.FILE_MISSING
    return None if digest == row["sha256"] else Fault.FILE_CHANGED


def _findings(page: Sequence[Mapping[str, Any]], faults: Sequence[Fault | None]) -> list[dict[str, Any]]:
    return [
        {"row_id": row["id"], "subject": row["subject"], "fault": fault}
        for row, fault in zip(page, faults, strict=True)
        if fault is not None
    ]
