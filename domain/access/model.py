"""Mailed links as rows."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class LinkPurpose(StrEnum):
    """What a mailed link is for; it opens nothing else."""

    OFFER = "OFFER"
    REVIEW = "REVIEW"
    STATUS = "STATUS"
    SUPPLEMENT = "SUPPLEMENT"
    DUE = "DUE"
    REPLY = "REPLY"
    INVITATION = "INVITATION"
    RESET = "RESET"
    EMAIL = "EMAIL"
    EMAIL_UNDO = "EMAIL_UNDO"


ACCOUNT_PURPOSES = frozenset({LinkPurpose.INVITATION, LinkPurpose.RESET, LinkPurpose.EMAIL, LinkPurpose.EMAIL_UNDO})


class LinkEnd(StrEnum):
    """Why a link is void; its page says so."""

    USED = "USED"
    SUPERSEDED = "SUPERSEDED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    WITHDRAWN = "WITHDRAWN"
    OFFER_EXPIRED = "OFFER_EXPIRED"
    CLOSED = "CLOSED"
    CONTACT_REMOVED = "CONTACT_REMOVED"


class Link(Model):
    """A signed link mailed to a contact about an order, or to an account, for one purpose. Expires in real time.

    A contact has at most one open status link, which belongs to no order, and one open reply link for each order.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    purpose = fields.CharEnumField(LinkPurpose, max_length=16)
    order_id: UUID | None
    order: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Order", related_name="links", null=True, on_delete=fields.RESTRICT
    )
    delivery_id: UUID | None
    delivery: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Delivery", related_name="links", null=True, on_delete=fields.RESTRICT
    )
    supplement_id: UUID | None
    supplement: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Supplement", related_name="links", null=True, on_delete=fields.RESTRICT
    )
    contact_id: UUID | None
    contact: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Contact", related_name="links", null=True, on_delete=fields.RESTRICT
    )
    account_id: UUID | None
    account: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "domain.Account", related_name="links", null=True, on_delete=fields.CASCADE
    )
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    end = fields.CharEnumField(LinkEnd, max_length=32, null=True)

    class Meta:
        table = "links"
        indexes = (("order_id", "purpose"),)
