"""The check of the files of issued invoices: their bytes in the storage still have the hash that their row keeps."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from domain.files.object_store import MissingFile, ObjectStore, StorageUnavailable
from domain.verification.findings import Fault, Report

TABLE = "invoice_documents"
# So many files are read at a time, each in portions.
PORTION = 8
START = "00000000-0000-0000-0000-000000000000"
SELECT_PAGE = """SELECT d.id, d.key, d.sha256, i.number || ' ' || d.kind AS subject
    FROM invoice_documents d JOIN invoices i ON i.id = d.invoice_id WHERE d.id > $1 ORDER BY d.id LIMIT $2"""
COUNT_LEFT = "SELECT count(*) FROM invoice_documents WHERE id > $1"


async def check_files(connection: asyncpg.Connection, report: Report, store: ObjectStore) -> None:
    """Every stored file is there and unchanged; once the storage is away, the rest counts as not checked."""
    place: Any = START
    while page := await connection.fetch(SELECT_PAGE, place, PORTION):
        try:
            faults = await asyncio.gather(*(_fault(store, row) for row in page))
        except StorageUnavailable:
            report.unchecked += await connection.fetchval(COUNT_LEFT, place)
            return
        report.files += len(page)
        report.add(TABLE, _findings(page, faults))
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
