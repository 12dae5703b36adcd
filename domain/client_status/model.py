"""What a client is told about an order, and every change of it."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.core.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.orders.model import Order


class Visibility(StrEnum):
    """Whether the client is told anything at all."""

    HIDDEN = "HIDDEN"
    SHOWN = "SHOWN"


class StatusOrigin(StrEnum):
    """What set a client status."""

    MANUAL = "MANUAL"
    BULK = "BULK"
    AUTOMATION = "AUTOMATION"
    TEMPLATE = "TEMPLATE"


class ClientStatus(Model):
    """One row per order; hidden until somebody shows it. Its version is its own, not the order's."""

    id = fields.UUIDField(primary_key=True)
    order_id: UUID
    order: fields.OneToOneRelation["Order"] = fields.OneToOneField(
        "domain.Order", related_name="client_status", on_delete=fields.CASCADE
    )
    visibility = fields.CharEnumField(Visibility, max_length=8, default=Visibility.HIDDEN)
    version = fields.IntField(default=1)
    name = fields.CharField(max_length=200, default="")
    label = fields.CharField(max_length=60, default="")
    description = fields.TextField(default="")
    color = fields.CharField(max_length=7, default="#64748b")
    expected_on = fields.DateField(null=True)
    origin = fields.CharEnumField(StatusOrigin, max_length=16, default=StatusOrigin.MANUAL)
    changed_at = fields.DatetimeField(null=True)
    shown_since = fields.DatetimeField(null=True)

    class Meta:
        table = "client_statuses"


class ClientStatusChange(Model):
    """One dated entry of the history: what the client was told from then on, by whom or by what."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="client_status_changes", on_delete=fields.CASCADE
    )
    visibility = fields.CharEnumField(Visibility, max_length=8)
    name = fields.CharField(max_length=200)
    label = fields.CharField(max_length=60)
    description = fields.TextField()
    color = fields.CharField(max_length=7)
    expected_on = fields.DateField(null=True)
    origin = fields.CharEnumField(StatusOrigin, max_length=16)
    account_id: UUID | None
    account: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="client_status_changes", null=True, on_delete=fields.RESTRICT
    )
    actor_name = fields.CharField(max_length=200)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "client_status_changes"
        indexes = (("order_id", "id"),)
