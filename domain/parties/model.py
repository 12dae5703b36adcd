"""Members, customers and contacts as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account


class MembershipStatus(StrEnum):
    """Whether a member may submit orders: only an active member may."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class CustomerKind(StrEnum):
    """A business or a consumer; a consumer's review starts only when the mail server has accepted the mail."""

    BUSINESS = "BUSINESS"
    CONSUMER = "CONSUMER"


class Member(Model):
    """A provider who owns orders."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID | None
    account: fields.OneToOneNullableRelation["Account"] = fields.OneToOneField(
        "domain.Account", related_name="member", null=True, on_delete=fields.RESTRICT
    )
    number = fields.IntField(unique=True)
    name = fields.CharField(max_length=200)
    status = fields.CharEnumField(MembershipStatus, max_length=16, default=MembershipStatus.ACTIVE)
    last_order_number = fields.IntField(default=0)

    class Meta:
        table = "members"


class Customer(Model):
    """A business or person that orders and pays."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    legal_name = fields.CharField(max_length=200)
    kind = fields.CharEnumField(CustomerKind, max_length=16, default=CustomerKind.BUSINESS)
    street = fields.CharField(max_length=200)
    postcode = fields.CharField(max_length=20)
    city = fields.CharField(max_length=100)
    country = fields.CharField(max_length=2, default="DE")
    vat_id = fields.CharField(max_length=20, null=True)
    invoice_email = fields.CharField(max_length=320)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customers"


class StatusMails(StrEnum):
    """The contact's choice of mails about changes of client statuses."""

    AT_ONCE = "AT_ONCE"
    DAILY = "DAILY"
    NONE = "NONE"


class Contact(Model):
    """A person at a customer; sees all orders of that customer, with or without an account."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    customer_id: UUID
    customer: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="contacts", on_delete=fields.RESTRICT
    )
    account_id: UUID | None
    account: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="contacts", null=True, on_delete=fields.SET_NULL
    )
    name = fields.CharField(max_length=200)
    email = fields.CharField(max_length=320, null=True)
    language = fields.CharField(max_length=2, default="de")
    status_mails = fields.CharEnumField(StatusMails, max_length=8, default=StatusMails.AT_ONCE, db_default="AT_ONCE")
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "contacts"


class Collaboration(Model):
    """A member works with a customer; members see no other customers."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    member_id: UUID
    member: fields.ForeignKeyRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="collaborations", on_delete=fields.RESTRICT
    )
    customer_id: UUID
    customer: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="collaborations", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "collaborations"
        unique_together = (("member", "customer"),)
