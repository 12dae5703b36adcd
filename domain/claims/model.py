"""Claims on budgets, their receipts and files, and the payment files that pay them as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.budgets.model import MemberBudget
    from domain.orders.model import Order
    from domain.parties.model import Member
    from domain.uploads.model import File


class ClaimKind(StrEnum):
    """What a member claims."""

    EXPENSE = "EXPENSE"
    TRAVEL = "TRAVEL"
    DIRECT_PAYMENT = "DIRECT_PAYMENT"
    PAYOUT = "PAYOUT"


class ClaimStatus(StrEnum):
    """The state of a claim."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    IN_PAYMENT = "IN_PAYMENT"
    PAID = "PAID"
    REJECTED = "REJECTED"
    CANCELED = "CANCELED"


class PaymentFileStatus(StrEnum):
    """The state of a payment file."""

    CREATED = "CREATED"
    SENT = "SENT"
    DISCARDED = "DISCARDED"


class PaymentFile(Model):
    """A SEPA credit transfer file; `content` is the document as the bank reads it, and never changes."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(PaymentFileStatus, max_length=16, default=PaymentFileStatus.CREATED)
    version = fields.IntField(default=1)
    message_id = fields.CharField(max_length=35, unique=True)
    execute_on = fields.DateField()
    claim_count = fields.IntField()
    amount_cents = fields.BigIntField()
    content = fields.TextField()
    sha256 = fields.CharField(max_length=64)
    created_by_id: UUID | None
    created_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="payment_files", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "payment_files"
        indexes = (("created_at", "id"),)


class Claim(Model):
    """What a member claims of their budget, in cents of a euro.

    `for_order` is the order it counts for, if any. `payee_name` and `payee_iban` are those of a third party for a
    direct payment, and else where it was paid to. `end_to_end_id` is what the bank states it by. `travel` holds what
    the amount of a journey follows from.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(ClaimStatus, max_length=16, default=ClaimStatus.DRAFT)
    version = fields.IntField(default=1)
    kind = fields.CharEnumField(ClaimKind, max_length=16)
    budget_id: UUID
    budget: fields.ForeignKeyRelation["MemberBudget"] = fields.ForeignKeyField(
        "domain.MemberBudget", related_name="claims", on_delete=fields.RESTRICT
    )
    member_id: UUID
    member: fields.ForeignKeyRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="claims", on_delete=fields.RESTRICT
    )
    for_order_id: UUID | None
    for_order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="claims", null=True, on_delete=fields.RESTRICT
    )
    purpose = fields.CharField(max_length=140)
    amount_cents = fields.BigIntField()
    travel: dict[str, object] | None = fields.JSONField(null=True)
    payee_name = fields.CharField(max_length=70, null=True)
    payee_iban = fields.CharField(max_length=34, null=True)
    end_to_end_id = fields.CharField(max_length=35, unique=True)
    payment_file_id: UUID | None
    payment_file: fields.ForeignKeyNullableRelation["PaymentFile"] = fields.ForeignKeyField(
        "domain.PaymentFile", related_name="claims", null=True, on_delete=fields.RESTRICT
    )
    decision_reason = fields.CharField(max_length=500, null=True)
    endorsed_at = fields.DatetimeField(null=True)
    endorsed_by_id: UUID | None
    endorsed_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="endorsed_claims", null=True, on_delete=fields.RESTRICT
    )
    submitted_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)
    paid_on = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "claims"
        indexes = (
            ("budget_id", "id"),
            ("member_id", "created_at", "id"),
            ("status", "created_at", "id"),
            ("payment_file_id",),
        )


class ClaimReceipt(Model):
    """One receipt of an expense, or the part of one with one tax rate; `vat_cents` is contained in `gross_cents`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    claim_id: UUID
    claim: fields.ForeignKeyRelation["Claim"] = fields.ForeignKeyField(
        "domain.Claim", related_name="receipts", on_delete=fields.CASCADE
    )
    position = fields.IntField()
    spent_on = fields.DateField()
    text = fields.CharField(max_length=200)
    gross_cents = fields.BigIntField()
    vat_rate = fields.DecimalField(max_digits=6, decimal_places=3)
    vat_cents = fields.BigIntField()

    class Meta:
        table = "claim_receipts"
        indexes = (("claim_id", "position"),)


class ClaimFile(Model):
    """A file that proves a claim: a receipt, or the invoice of a third party."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    claim_id: UUID
    claim: fields.ForeignKeyRelation["Claim"] = fields.ForeignKeyField(
        "domain.Claim", related_name="files", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    file_id: UUID
    file: fields.ForeignKeyRelation["File"] = fields.ForeignKeyField(
        "domain.File", related_name="claims", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "claim_files"
        indexes = (("claim_id", "position"), ("file_id",))
