"""The record of an acceptance, as both schemas show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.acceptance_records.scope import DOCUMENTS_SCOPE, RECORDS_SCOPE
from domain.deliveries.model import AcceptedBy
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.uploads.signed_links import record_url
from schema.declarations.fields import column, computed, to_one

DELIVERY_OF = "(SELECT r.delivery_id FROM acceptance_records r WHERE r.id = {t}.record_id)"


@dataclass(frozen=True)
class DocumentFacts:
    """The delivery whose acceptance a document records."""

    delivery_id: UUID = fact(DELIVERY_OF)


def signed_path(document: DocumentFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """Where this viewer downloads the document, signed as the links of files are."""
    return record_url(document.delivery_id, context.actor)


@strawberry.type(description="The PDF of an acceptance's record; its bytes never change.")
class AcceptanceDocument:
    """The PDF of an acceptance's record."""

    path: str = computed(
        DocumentFacts, signed_path, description="Where this viewer downloads it for the next hours, within this site."
    )
    size: int = column(description="How many bytes it has.")
    sha256: str = column(description="The SHA-256 of its bytes, in hexadecimal.")
    created_at: datetime = column(description="When it was stored.")


@strawberry.type(description="What was accepted, when and by whom, frozen with the acceptance.")
class AcceptanceRecord:
    """What was accepted, when and by whom."""

    version_number: int = column(description="The accepted version.")
    accepted_at: datetime = column(description="Since when it counts as accepted.")
    accepted_by: AcceptedBy = column(description="Whether by the customer or by silence.")
    person: str | None = column(description="The person who accepted; null where silence did.")
    rating: int | None = column(description="The rating given with the acceptance, from 1 to 5.")
    document: AcceptanceDocument | None = to_one(
        DOCUMENTS_SCOPE,
        on="{t}.record_id = {p}.id",
        description="Its PDF with the hashes of all files; null for the moments until it is stored.",
    )


def acceptance_record_field() -> Any:
    """The record of a delivery's acceptance."""
    return to_one(
        RECORDS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        description="The record of its acceptance; null until it is accepted.",
    )
