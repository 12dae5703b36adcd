"""Stored files of issued invoices: which there are, and their bytes, the same as on the first day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.billing.documents.files import DocumentKind
from domain.billing.scope import INVOICES_SCOPE
from domain.database.pools import read_sessions
from domain.files.object_store import ObjectStore
from domain.kernel.actors import Actor

SELECT_FILES = """SELECT d.kind, d.key, d.sha256, i.number FROM invoice_documents d JOIN invoices i
    ON i.id = d.invoice_id WHERE d.invoice_id = $1 ORDER BY d.kind"""
SELECT_VISIBLE = """SELECT d.kind, d.key, d.sha256, i.number FROM invoice_documents d JOIN invoices i
    ON i.id = d.invoice_id WHERE d.invoice_id = $1 AND d.kind = $2 AND {scope}"""
SELECT_VISIBLE_DRAFTS = """SELECT i.id FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
    JOIN invoices i ON i.id = wanted.id WHERE i.number IS NULL AND {scope} ORDER BY wanted.place"""
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class DocumentsNotStored(Exception):
    """The documents of an invoice are not stored yet, so that nothing is sent."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file as it is sent and downloaded."""

    name: str
    media_type: str
    content: bytes


async def files_to_send(store: ObjectStore, invoice_id: UUID) -> Sequence[StoredFile]:
    """What a mail carries: the XRechnung where the customer wants one, else the PDF.

    Raises `DocumentsNotStored` until all files of the invoice are stored.
    """
    rows = await connections.get("default").execute_query_dict(SELECT_FILES, [invoice_id])
    if not rows:
        raise DocumentsNotStored(str(invoice_id))
    by_kind = {DocumentKind(row["kind"]): row for row in rows}
    wanted = by_kind.get(DocumentKind.XRECHNUNG) or by_kind[DocumentKind.PDF]
    return [await _read(store, wanted)]


async def visible_file(store: ObjectStore, actor: Actor, invoice_id: UUID, kind: DocumentKind) -> StoredFile | None:
    """A file of an invoice that the actor may see; None for all others, whether they exist or not."""
    scope, values = INVOICES_SCOPE.bound_predicate(actor, "i", first=3)
    row = await read_sessions().fetchrow(SELECT_VISIBLE.format(scope=scope), invoice_id, kind, *values)
    return await _read(store, row) if row else None


async def sees_draft(actor: Actor, invoice_id: UUID) -> bool:
    """Whether this is a draft that the actor may see."""
    return bool(await visible_drafts(actor, [invoice_id]))


async def visible_drafts(actor: Actor, invoice_ids: Sequence[UUID]) -> Sequence[UUID]:
    """The drafts among these invoices that the actor may see, in their order."""
    scope, values = INVOICES_SCOPE.bound_predicate(actor, "i", first=2)
    rows = await read_sessions().fetch(SELECT_VISIBLE_DRAFTS.format(scope=scope), list(invoice_ids), *values)
    return [row["id"] for row in rows]


async def _read(store: ObjectStore, row: Any) -> StoredFile:
    kind = DocumentKind(row["kind"])
    return StoredFile(
        name=f"{UNSAFE.sub('-', row['number'])}.{kind.extension}",
        media_type=kind.media_type,
        content=await store.read(row["key"], row["sha256"]),
    )
