"""Members, customers and contacts as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account


class MembershipStatus(StrEnum):
    """Whether a member may submit orders: only an active member may."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class CustomerState(StrEnum):
    """Where a customer stands: entered by a member and not yet checked, known, or merged into another one."""

    PROPOSED = "PROPOSED"
    KNOWN = "KNOWN"
    MERGED = "MERGED"


class ContactState(StrEnum):
    """Whether a contact still speaks for its customer; of an erased one nothing personal is left."""

    KNOWN = "KNOWN"
    REMOVED = "REMOVED"
    ERASED = "ERASED"


class CustomerKind(StrEnum):
    """A business or a consumer; a consumer's review starts only when the mail server has accepted the mail."""

    BUSINESS = "BUSINESS"
    CONSUMER = "CONSUMER"


class Member(Model):
    """A provider who owns orders.

    Address and bank account hold what the operator has confirmed; those that the member proposes stand beside them
    from `proposed_at` on, until they are decided.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    account_id: UUID | None
    account: fields.OneToOneNullableRelation["Account"] = fields.OneToOneField(
        "domain.Account", related_name="member", null=True, on_delete=fields.RESTRICT
    )
    number = fields.IntField(unique=True)
    name = fields.CharField(max_length=200)
    status = fields.CharEnumField(MembershipStatus, max_length=16, default=MembershipStatus.ACTIVE)
    last_order_number = fields.IntField(default=0)
    version = fields.IntField(default=1, db_default=1)
    street = fields.CharField(max_length=200, null=True)
    postcode = fields.CharField(max_length=20, null=True)
    city = fields.CharField(max_length=100, null=True)
    country = fields.CharField(max_length=2, null=True)
    iban = fields.CharField(max_length=34, null=True)
    proposed_street = fields.CharField(max_length=200, null=True)
    proposed_postcode = fields.CharField(max_length=20, null=True)
    proposed_city = fields.CharField(max_length=100, null=True)
    proposed_country = fields.CharField(max_length=2, null=True)
    proposed_iban = fields.CharField(max_length=34, null=True)
    proposed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "members"


class Customer(Model):
    """A business or person that orders and pays.

    `buyer_reference` stands on each invoice; public bodies want their Leitweg-ID there. Electronic invoices go to
    `electronic_address`, or to the address for invoices where it is empty.

    `default_contact_id` is the contact who is asked unless another one is chosen. A merged customer keeps its facts;
    everything that was its own belongs to `merged_into`, which is never a merged one itself.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    legal_name = fields.CharField(max_length=200)
    kind = fields.CharEnumField(CustomerKind, max_length=16, default=CustomerKind.BUSINESS)
    street = fields.CharField(max_length=200)
    postcode = fields.CharField(max_length=20)
    city = fields.CharField(max_length=100)
    country = fields.CharField(max_length=2, default="DE")
    vat_id = fields.CharField(max_length=20, null=True)
    invoice_email = fields.CharField(max_length=320)
    document_format = fields.CharEnumField(DocumentFormat, max_length=16, default=DocumentFormat.PDF, db_default="PDF")
    buyer_reference = fields.CharField(max_length=100, default="", db_default="")
    electronic_address = fields.CharField(max_length=320, default="", db_default="")
    electronic_address_scheme = fields.CharEnumField(
        ElectronicAddressScheme, max_length=16, default=ElectronicAddressScheme.EMAIL, db_default="EMAIL"
    )
    status = fields.CharEnumField(CustomerState, max_length=16, default=CustomerState.KNOWN, db_default="KNOWN")
    default_contact_id = fields.UUIDField(null=True)
    merged_into_id: UUID | None
    merged_into: fields.ForeignKeyNullableRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="merged_customers", null=True, on_delete=fields.RESTRICT
    )
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "customers"


class DistinctCustomers(Model):
    """Two customers that look alike and are not the same, as an employee has decided; the smaller id comes first."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    customer_id: UUID
    customer: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="distinct_from", on_delete=fields.RESTRICT
    )
    other_id: UUID
    other: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="distinct_to", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "distinct_customers"
        unique_together = (("customer", "other"),)


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
    status = fields.CharEnumField(ContactState, max_length=16, default=ContactState.KNOWN, db_default="KNOWN")
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
