"""All documents of a period by number, and the register, which is written while they pass."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import asyncpg

from domain.audit_export.period import Period
from domain.audit_export.statements import DOCUMENTS, GAPS
from domain.audit_export.tables import ExportTable
from domain.audit_export.writer import ExportWriter
from domain.billing.documents.files import DocumentKind
from domain.files.object_store import MissingFile, ObjectStore

# So many documents are read at a time.
PORTION = 16
REGISTER_COLUMNS = (
    *("number", "series", "sequence", "kind", "issued_on", "due_on", "customer", "net", "vat", "gross", "currency"),
    *("allocated_at", "allocated_by", "actor_role", "reverses", "reversed_by", "pdf_sha256", "xml_sha256", "seal"),
)
GAP_COLUMNS = ("series", "first_missing", "last_missing", "reason", "set_at", "set_by")


@dataclass(frozen=True)
class StoredDocument:
    """A file of a number as its row names it; its content is None when the storage has it no longer."""

    kind: DocumentKind
    number: str
    sha256: str
    content: bytes | None

    @property
    def path(self) -> str:
        return f"documents/{quote(self.number, safe='')}.{self.kind.extension}"


async def documents_and_register(
    connection: asyncpg.Connection, store: ObjectStore, period: Period, writer: ExportWriter
) -> AsyncIterator[bytes]:
    """The files in the order of the register, then the register itself, and the gaps of all series."""
    register, gaps = ExportTable(REGISTER_COLUMNS), ExportTable(GAP_COLUMNS)
    try:
        async for page in _pages(connection, period):
            for row, files in zip(page, await _load_all(store, page), strict=True):
                for file in files:
                    for portion in _written(writer, file):
                        yield portion
                register.add(_register_row(row, {file.kind: file.sha256 for file in files}))
        for row in await connection.fetch(GAPS):
            gaps.add(row)
        for name, table in (("register", register), ("gaps", gaps)):
            for extension, portions in (("csv", table.as_csv()), ("json", table.as_json())):
                async for portion in writer.stream(f"{name}.{extension}", name, portions):
                    yield portion
    finally:
        register.close()
        gaps.close()


async def _pages(connection: asyncpg.Connection, period: Period) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """The rows of the register that were there when the export began."""
    now = await connection.fetchval("SELECT app_now()")
    series, sequence = "", 0
    while page := await connection.fetch(DOCUMENTS, period.first_day, period.last_day, series, sequence, now, PORTION):
        yield page
        series, sequence = page[-1]["series"], page[-1]["sequence"]


async def _load_all(store: ObjectStore, page: Sequence[Mapping[str, Any]]) -> list[list[StoredDocument]]:
    """The files of each row; those of a page are read side by side."""

    async def of_row(row: Mapping[str, Any]) -> list[StoredDocument]:
        files = [_load(store, row["number"], *each) for each in json.loads(row["files"])]
        return list(await asyncio.gather(*files))

    return list(await asyncio.gather(*map(of_row, page)))


async def _load(store: ObjectStore, number: str, kind: str, key: str, sha256: str) -> StoredDocument:
    try:
        content: bytes | None = await store.content(key)
    except MissingFile:
        content = None
    return StoredDocument(DocumentKind(kind), number, sha256, content)


def _written(writer: ExportWriter, file: StoredDocument) -> Any:
    about = {"kind": file.kind, "number": file.number, "stored_sha256": file.sha256}
    if file.content is None:
        writer.missing_document(file.path, **about)
        return ()
    return writer.document(file.path, file.content, **about)


def _register_row(row: Mapping[str, Any], hashes: Mapping[DocumentKind, str]) -> dict[str, Any]:
    amounts = {"net": row["net_cents"], "vat": row["vat_cents"], "gross": row["net_cents"] + row["vat_cents"]}
    return {
        **row,
        **{name: Decimal(cents).scaleb(-2) for name, cents in amounts.items()},
        "pdf_sha256": hashes.get(DocumentKind.PDF),
        "xml_sha256": hashes.get(DocumentKind.XRECHNUNG),
    }
