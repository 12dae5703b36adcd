"""Uploaded files, as far as both schemas show the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.kernel.ids import external
from domain.orders.scope import ORDERS_SCOPE
from domain.uploads.facts import ATTACHED
from domain.uploads.model import FileState, VirusCheck
from domain.uploads.scope import FILES_SCOPE, OWN_FILES_SCOPE
from domain.uploads.signed_links import archive_url, download_url, preview_url
from schema.declarations.fields import column, computed, to_many, to_one
from schema.shared.enums import describe_enum
from schema.shared.node import Node
from schema.shared.translated_fields import translated

describe_enum(
    FileState,
    "How far an uploaded file is.",
    UPLOADING="Its bytes arrive, or have arrived and are being put together.",
    CHECKING="It is complete and is being checked for viruses; it cannot be attached yet.",
    FINISHED="It is complete, and may be attached.",
    QUARANTINED="A virus was found in it: it cannot be downloaded or attached.",
    REMOVED="It is no more.",
)
describe_enum(
    VirusCheck,
    "What the check of a file for viruses has found.",
    CLEAN="No virus is known in it.",
    INFECTED="There is a virus in it.",
    TOO_LARGE="It is too large to be checked.",
)


IS_MINE = "coalesce({t}.member_id = {member}, {t}.account_id = {account}, {t}.contact_id = {contact}, FALSE)"


@dataclass(frozen=True)
class FileLinkFacts:
    """What the addresses of a file are made from."""

    id: UUID = fact("{t}.id")
    status: FileState = fact("{t}.state")


@dataclass(frozen=True)
class CheckFacts:
    """What the sentence about a file's check for viruses is made from."""

    status: FileState = fact("{t}.state")
    check: VirusCheck | None = fact("{t}.virus_check")
    virus: str | None = fact("{t}.virus_name")


@dataclass(frozen=True)
class PreviewFacts:
    """What the address of a preview is made from."""

    id: UUID = fact("{t}.id")
    is_made: bool = fact("EXISTS (SELECT 1 FROM file_previews p WHERE p.file_id = {t}.id AND p.state = 'MADE')")


def tus_url(file: FileLinkFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> str | None:
    """Where the bytes of an unfinished file are sent; None once it is finished."""
    return f"/files/uploads/{external('fil', file.id)}" if file.status is FileState.UPLOADING else None


def check_sentence(file: CheckFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str | None:
    """What readers have to know of the check for viruses; None for a file that is clean or was not to be checked."""
    if file.status is FileState.CHECKING:
        return i18n.translate(context.actor.language, "file_check.CHECKING")
    if file.check in (VirusCheck.INFECTED, VirusCheck.TOO_LARGE):
        return i18n.translate(context.actor.language, f"file_check.{file.check}", virus=file.virus or "")
    return None


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
    mine: bool = column(IS_MINE, description="Whether the viewer uploaded it.")
    received: float = column(description="How many of its bytes have arrived.")
    state: FileState = column(description="How far it is.")
    state_label: str = translated("status.upload", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    media_type: str | None = column(description="Its media type, by its content; null until it is finished.")
    sha256: str | None = column(description="The SHA-256 of its bytes, in hexadecimal; null until it is finished.")
    virus_check: VirusCheck | None = column(
        description="What its check for viruses has found; null before, and where files are not checked."
    )
    virus_name: str | None = column(description="The virus that was found in it.")
    check_note: str | None = computed(
        CheckFacts,
        check_sentence,
        description="What its readers have to know of the check for viruses; null where there is nothing to know.",
    )
    upload_url: str | None = computed(
        FileLinkFacts,
        tus_url,
        description="Where its bytes are sent by the tus protocol, with the same session or bearer token; null once "
        "it is finished.",
    )
    created_at: datetime = column(description="When its upload was opened.")
    finished_at: datetime | None = column(description="When all bytes had arrived and were one file.")
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


def order_of_file_field() -> Any:
    """The order that a file was uploaded for, as far as the viewer sees it."""
    return to_one(
        ORDERS_SCOPE,
        on="{t}.id = {p}.for_order_id",
        description="The order that it was uploaded for, if there is one that the viewer sees.",
    )


def comment_files_field() -> Any:
    """The files of a comment."""
    return to_many(
        FILES_SCOPE,
        through="comment_files",
        on="{v}.comment_id = {p}.id AND {v}.file_id = {t}.id",
        order="{v}.position",
        limit=5,
        description="The files that were sent with it, in its author's order.",
    )


def unattached_files_field() -> Any:
    """The viewer's own files for an order that are attached to nothing."""
    return to_many(
        OWN_FILES_SCOPE,
        on="{t}.for_order_id = {p}.id AND {t}.state IN ('CHECKING', 'FINISHED', 'QUARANTINED') AND NOT " + ATTACHED,
        order="{t}.id",
        limit=100,
        description="What this viewer uploaded for it and has attached to nothing: complete files, and those that are "
        "being checked for viruses or are infected.",
    )
