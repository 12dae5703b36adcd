"""Facts of an uploaded file, which its guards and its deadline evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.uploads.model import FileState

ATTACHED = """(EXISTS (SELECT 1 FROM evidence e WHERE e.file_id = {t}.id)
    OR EXISTS (SELECT 1 FROM delivery_files v WHERE v.file_id = {t}.id)
    OR EXISTS (SELECT 1 FROM comment_files m WHERE m.file_id = {t}.id)
    OR EXISTS (SELECT 1 FROM claim_files c WHERE c.file_id = {t}.id))"""


@dataclass(frozen=True)
class FileFacts:
    """A file as its guards see it."""

    id: UUID = fact("{t}.id")
    status: FileState = fact("{t}.state")
    is_complete: bool = fact("{t}.received = {t}.size")
    is_attached: bool = fact(ATTACHED)
    last_byte_at: datetime = fact("{t}.last_byte_at")
    finished_at: datetime | None = fact("{t}.finished_at")
