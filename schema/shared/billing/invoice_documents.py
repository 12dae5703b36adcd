"""Stored documents of an invoice, as both schemas show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.billing.documents.files import DocumentKind
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.ids import external
from schema.declarations.fields import column, computed
from schema.shared.translated_fields import translated


@dataclass(frozen=True)
class DocumentFacts:
    """The invoice and the kind of a document."""

    invoice_id: UUID = fact("{t}.invoice_id")
    kind: DocumentKind = fact("{t}.kind")


def path(document: DocumentFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> str:
    """Where the file is downloaded."""
    return f"/files/invoices/{external('inv', document.invoice_id)}/{document.kind.lower()}"


def data_path(document: DocumentFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> str | None:
    """Where the electronic invoice inside is downloaded; the other files are one themselves."""
    if document.kind is not DocumentKind.PDF:
        return None
    return f"/files/invoices/{external('inv', document.invoice_id)}/zugferd"


@strawberry.type(description="A file of an issued invoice; its bytes never change.")
class InvoiceDocument:
    """A file of an issued invoice."""

    kind: DocumentKind = column(description="What it is.")
    kind_label: str = translated("status.documentKind", "{t}.kind", description="That in the viewer's language.")
    path: str = computed(
        DocumentFacts, path, description="Where it is downloaded, with the same session or bearer token."
    )
    data_path: str | None = computed(
        DocumentFacts,
        data_path,
        description="Where the electronic invoice inside the PDF is downloaded; null for all other files.",
    )
    size: int = column(description="How many bytes it has.")
    sha256: str = column(description="The SHA-256 of its bytes, in hexadecimal.")
    created_at: datetime = column(description="When it was stored.")
