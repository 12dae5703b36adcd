"""Uploaded files and the parts in which their bytes have arrived, as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.orders.model import Order
    from domain.parties.model import Member


class FileState(StrEnum):
    """How far a file is: still arriving, being checked for viruses, complete, infected, or gone."""

    UPLOADING = "UPLOADING"
    CHECKING = "CHECKING"
    FINISHED = "FINISHED"
    QUARANTINED = "QUARANTINED"
    REMOVED = "REMOVED"


class VirusCheck(StrEnum):
    """What the check for viruses has found: nothing to find, a virus, or a file that is too large to be checked."""

    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    TOO_LARGE = "TOO_LARGE"


class PreviewState(StrEnum):
    """Whether the preview of a file is still to be drawn, was drawn, or cannot be."""

    WAITING = "WAITING"
    MADE = "MADE"
    FAILED = "FAILED"


class File(Model):
    """A file of a member, account or contact. Its bytes are one object of the storage once FINISHED, and parts before.

    `account_id` owns what an employee or a customer uploads, which has no member, and `contact_id` what a contact
    uploads by a mailed link. `received` counts the bytes that are
    stored. `fence` counts the holders of the lease: a writer whose fence is an earlier one stores nothing more.
    `leased_until` and `next_attempt_at` are kept in real time, all other instants by the application's clock.
    `virus_check` is empty before a check, and where none is asked for. `for_order_id` names the order whose quota the
    file counts in.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    member_id: UUID | None
    member: fields.ForeignKeyNullableRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="files", null=True, on_delete=fields.RESTRICT
    )
    account_id = fields.UUIDField(null=True)
    contact_id = fields.UUIDField(null=True)
    for_order_id: UUID | None
    for_order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="files", null=True, on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=255)
    size = fields.BigIntField()
    received = fields.BigIntField(default=0, db_default=0)
    parts = fields.IntField(default=0, db_default=0)
    state = fields.CharEnumField(FileState, max_length=16, default=FileState.UPLOADING, db_default="UPLOADING")
    version = fields.IntField(default=1, db_default=1)
    media_type = fields.CharField(max_length=100, null=True)
    sha256 = fields.CharField(max_length=64, null=True)
    created_at = fields.DatetimeField()
    last_byte_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    virus_check = fields.CharEnumField(VirusCheck, max_length=16, null=True)
    virus_name = fields.CharField(max_length=200, null=True)
    fence = fields.IntField(default=0, db_default=0)
    leased_until = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0, db_default=0)
    next_attempt_at = fields.DatetimeField(null=True)
    last_error = fields.TextField(null=True)

    class Meta:
        table = "files"


class FilePart(Model):
    """Bytes of an unfinished file, from `start` on: an object of their own, which its writer's fence names too."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    file: fields.ForeignKeyRelation[File] = fields.ForeignKeyField(
        "domain.File", related_name="stored_parts", on_delete=fields.RESTRICT
    )
    start = fields.BigIntField()
    size = fields.IntField()
    fence = fields.IntField()

    class Meta:
        table = "file_parts"
        unique_together = (("file", "start"),)


class FilePreview(Model):
    """The preview of a file that can have one. `next_attempt_at` is kept in real time."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    file_id: UUID
    file: fields.OneToOneRelation[File] = fields.OneToOneField(
        "domain.File", related_name="preview", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(PreviewState, max_length=16, default=PreviewState.WAITING, db_default="WAITING")
    attempts = fields.IntField(default=0, db_default=0)
    next_attempt_at = fields.DatetimeField()
    last_error = fields.TextField(null=True)

    class Meta:
        table = "file_previews"
