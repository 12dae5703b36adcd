"""Claims that must hold before a move of an uploaded file, and the instant when it expires."""

from datetime import datetime, timedelta

from domain.engine.context import EvaluationContext
from domain.kernel.errors import Code, Refusal, guard_failed, invalid
from domain.uploads.facts import FileFacts
from domain.uploads.inputs import NewUpload
from domain.uploads.model import FileState

MAX_FILE_BYTES = 5 * 1024**3
# Without a byte for so long, an upload is given up.
UPLOAD_LIFETIME = timedelta(hours=24)
# A finished file that is attached to nothing is kept for so long.
UNATTACHED_LIFETIME = timedelta(days=7)


def size_is_allowed(file: FileFacts | None, upload: NewUpload, context: EvaluationContext) -> Refusal | None:
    if upload.size != int(upload.size) or upload.size < 1:
        return invalid("file_size_unfit", "size")
    if upload.size > MAX_FILE_BYTES:
        return Refusal(Code.LIMIT_EXCEEDED, "file_too_large", {"most": MAX_FILE_BYTES}, ("size",))
    return None


def all_bytes_have_arrived(file: FileFacts, context: EvaluationContext) -> Refusal | None:
    return None if file.is_complete else guard_failed("file_incomplete")


def is_not_attached(file: FileFacts, context: EvaluationContext) -> Refusal | None:
    return guard_failed("file_is_attached") if file.is_attached else None


def has_expired(file: FileFacts, context: EvaluationContext) -> Refusal | None:
    ends_at = expiry(file, context)
    return None if ends_at and context.now >= ends_at else guard_failed("file_has_not_expired")


def expiry(file: FileFacts, context: EvaluationContext) -> datetime | None:
    """24 hours after the last byte, or seven days after a file was finished and not attached."""
    if file.status is FileState.UPLOADING:
        return None if file.is_complete else file.last_byte_at + UPLOAD_LIFETIME
    if file.finished_at is None or file.is_attached:
        return None
    return file.finished_at + UNATTACHED_LIFETIME
