"""Imports as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account


class ImportKind(StrEnum):
    """What a file holds."""

    MEMBERS = "MEMBERS"
    CUSTOMERS = "CUSTOMERS"
    ORDERS = "ORDERS"
    OPEN_INVOICES = "OPEN_INVOICES"


class DataImportStatus(StrEnum):
    """Whether a file was only checked, was entered, or is not to be entered."""

    CHECKED = "CHECKED"
    IMPORTED = "IMPORTED"
    DISCARDED = "DISCARDED"


class DataImport(Model):
    """A file that was checked and found without a fault.

    `text` holds its content until it is imported or discarded. `row_count` counts what it enters: members, customers,
    orders or open invoices. `mail_count` is how many contacts are mailed an offer.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharEnumField(ImportKind, max_length=16)
    status = fields.CharEnumField(DataImportStatus, max_length=16, default=DataImportStatus.CHECKED)
    version = fields.IntField(default=1)
    file_name = fields.CharField(max_length=200)
    sha256 = fields.CharField(max_length=64)
    encoding = fields.CharField(max_length=16)
    delimiter = fields.CharField(max_length=1)
    row_count = fields.IntField()
    mail_count = fields.IntField(default=0)
    text = fields.TextField()
    created_by_id: UUID | None
    created_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="data_imports", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()
    imported_at = fields.DatetimeField(null=True)

    class Meta:
        table = "data_imports"
