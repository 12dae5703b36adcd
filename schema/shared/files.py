"""Uploaded files, as far as both schemas show the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.uploads.model import FileState
from domain.uploads.signed_links import archive_url, download_url, preview_url
from schema.declarations.fields import column, computed
from schema.shared.node import Node


@dataclass(frozen=True)
class FileLinkFacts:
    """What the addresses of a file are made from."""

    id: UUID = fact("{t}.id")
    status: FileState = fact("{t}.state")


@dataclass(frozen=True)
class PreviewFacts:
    """What the address of a preview is made from."""

    id: UUID = fact("{t}.id")
    is_made: bool = fact("EXISTS (SELECT 1 FROM file_previews p WHERE p.file_id = {t}.id AND p.state = 'MADE')")


def signed_preview_url(file: PreviewFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str | None:
    """Where this viewer sees the preview; None for a file without one."""
    return preview_url(file.id, context.actor) if file.is_made else None


def signed_url(file: FileLinkFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str | None:
    """Where this viewer downloads the file; None until it is finished."""
    return download_url(file.id, context.actor) if file.status is FileState.FINISHED else None


@dataclass(frozen=True)
class ArchiveFacts:
    """What the address of a version's archive is made from."""

    delivery_id: UUID = fact("{t}.delivery_id")
    number: int = fact("{t}.number")
    files: int = fact(
        "(SELECT count(*) FROM delivery_files v WHERE v.delivery_id = {t}.delivery_id AND v.number = {t}.number)"
    )


def signed_archive_url(version: ArchiveFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str | None:
    """Where this viewer downloads all files of a version; None for one that has fewer than two."""
    return archive_url(version.delivery_id, version.number, context.actor) if version.files > 1 else None


@strawberry.type
class FileFields(Node):
    """The fields of a file that both schemas show."""

    id: strawberry.ID = column(id_prefix="fil", description="The file's identifier.")
    name: str = column(description="Its name, without anything that is harmful in one.")
    size: float = column(description="How many bytes it has, a whole number.")
    media_type: str | None = column(description="Its media type, by its content; null until it is finished.")
    sha256: str | None = column(description="The SHA-256 of its bytes, in hexadecimal; null until it is finished.")
    created_at: datetime = column(description="When its upload was opened.")
    url: str | None = computed(
        FileLinkFacts,
        signed_url,
        description="Where this viewer downloads it for the next hours, within this site; null until it is finished.",
    )
    preview_url: str | None = computed(
        PreviewFacts,
        signed_preview_url,
        description="Where this viewer sees a small JPEG of an image or of the first page of a PDF, within this site; "
        "null until it is drawn, and for all other files.",
    )
