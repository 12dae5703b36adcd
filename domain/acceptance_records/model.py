"""Acceptance records and their stored documents as rows."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import fields

from domain.deliveries.model import AcceptedBy
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.deliveries.model import Delivery


class AcceptanceRecord(Model):
    """The acceptance of one version, written in its transaction; rows are final.

    `person` is empty where silence accepted. `contents` are the version with the hashes of its files, the order, and
    the parties as they were.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    delivery_id: UUID
    delivery: fields.OneToOneRelation["Delivery"] = fields.OneToOneField(
        "domain.Delivery", related_name="acceptance_record", on_delete=fields.RESTRICT
    )
    version_number = fields.IntField()
    accepted_at = fields.DatetimeField()
    accepted_by = fields.CharEnumField(AcceptedBy, max_length=16)
    person = fields.CharField(max_length=200, null=True)
    rating = fields.IntField(null=True)
    contents: dict[str, Any] = fields.JSONField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "acceptance_records"


class AcceptanceDocument(Model):
    """The PDF of a record in the object storage; rows are final, and files are never written again."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    record_id: UUID
    record: fields.OneToOneRelation[AcceptanceRecord] = fields.OneToOneField(
        "domain.AcceptanceRecord", related_name="document", on_delete=fields.RESTRICT
    )
    key = fields.CharField(max_length=200, unique=True)
    sha256 = fields.CharField(max_length=64)
    size = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "acceptance_documents"
