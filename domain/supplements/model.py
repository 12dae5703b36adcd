"""A supplement as a row: what the customer is asked to confirm, word for word, and the answer."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory

if TYPE_CHECKING:
    from domain.billing.model import BillableLine
    from domain.orders.model import Order


class SupplementStatus(StrEnum):
    """The state of a supplement."""

    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class Supplement(Model):
    """A further invoice as the customer is asked to confirm it, frozen when it is offered; proof of the agreement.

    `withdrawal` is the notice of that day in both languages, for a consumer. `valid_until` is inclusive. Nothing
    changes once `answered_at` is set, which is also when it expires or is withdrawn.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(SupplementStatus, max_length=16, default=SupplementStatus.OPEN)
    version = fields.IntField(default=1)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="supplements", on_delete=fields.RESTRICT
    )
    line_id: UUID
    line: fields.ForeignKeyRelation["BillableLine"] = fields.ForeignKeyField(
        "domain.BillableLine", related_name="supplements", on_delete=fields.RESTRICT
    )
    currency = fields.CharField(max_length=3)
    invoice_on = fields.DateField()
    service_from = fields.DateField(null=True)
    service_to = fields.DateField(null=True)
    text = fields.CharField(max_length=500)
    quantity = fields.DecimalField(max_digits=12, decimal_places=3)
    unit_price_cents = fields.BigIntField()
    vat_category = fields.CharEnumField(VatCategory, max_length=24)
    vat_rate = fields.DecimalField(max_digits=5, decimal_places=2)
    net_cents = fields.BigIntField()
    vat_cents = fields.BigIntField()
    withdrawal: dict[str, str] | None = fields.JSONField(null=True)
    offered_at = fields.DatetimeField()
    valid_until = fields.DateField()
    answered_at = fields.DatetimeField(null=True)
    answered_by = fields.CharField(max_length=200, null=True)
    decline_reason = fields.TextField(null=True)

    class Meta:
        table = "supplements"
        indexes = (("order_id", "id"), ("line_id", "id"))
