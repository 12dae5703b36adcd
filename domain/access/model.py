"""Mailed links as rows."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.kernel.ids import new_id


class LinkPurpose(StrEnum):
    """What a mailed link is for; it opens nothing else."""

    OFFER = "OFFER"
    REVIEW = "REVIEW"


class LinkEnd(StrEnum):
    """Why a link is void; its page says so."""

    USED = "USED"
    SUPERSEDED = "SUPERSEDED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    WITHDRAWN = "WITHDRAWN"
    OFFER_EXPIRED = "OFFER_EXPIRED"
    CLOSED = "CLOSED"


class Link(Model):
    """A signed link mailed to a contact, bound to one purpose and one order. Expires in real time."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    purpose = fields.CharEnumField(LinkPurpose, max_length=16)
    order_id: UUID
    order: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "domain.Order", related_name="links", on_delete=fields.RESTRICT
    )
    delivery_id: UUID | None
    delivery: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Delivery", related_name="links", null=True, on_delete=fields.RESTRICT
    )
    contact_id: UUID
    contact: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "domain.Contact", related_name="links", on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    end = fields.CharEnumField(LinkEnd, max_length=32, null=True)

    class Meta:
        table = "links"
        indexes = (("order_id", "purpose"),)
