"""Budgets of members and their entries as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.billing.model import Invoice
    from domain.claims.model import Claim
    from domain.orders.model import Order
    from domain.parties.model import Member


class BudgetStatus(StrEnum):
    """The state of a budget: each member has one from the beginning, and it stays."""

    OPEN = "OPEN"


class BudgetEntryKind(StrEnum):
    """The kinds of entries of a budget."""

    INFLOW = "INFLOW"
    GUARANTEE = "GUARANTEE"
    REVERSAL = "REVERSAL"
    CLAWBACK = "CLAWBACK"
    CORRECTION = "CORRECTION"
    CLAIM_RESERVED = "CLAIM_RESERVED"
    CLAIM_RELEASED = "CLAIM_RELEASED"
    CLAIM_PAID = "CLAIM_PAID"
    CLAIM_RETURNED = "CLAIM_RETURNED"


class MemberBudget(Model):
    """The budget of one member, in cents of a euro; its row is the lock of the ledger.

    The sums are those of its entries, which the database compares when a transaction ends: `received_cents` is what
    came in, less what was taken back, with corrections; `reserved_cents` is held for claims; `paid_cents` was paid.
    What is available is the first less the others. It falls below zero only by what is taken back and by corrections.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(BudgetStatus, max_length=16, default=BudgetStatus.OPEN, db_default="OPEN")
    version = fields.IntField(default=1, db_default=1)
    member_id: UUID
    member: fields.OneToOneRelation["Member"] = fields.OneToOneField(
        "domain.Member", related_name="budget", on_delete=fields.RESTRICT
    )
    received_cents = fields.BigIntField(default=0, db_default=0)
    reserved_cents = fields.BigIntField(default=0, db_default=0)
    paid_cents = fields.BigIntField(default=0, db_default=0)

    class Meta:
        table = "member_budgets"


class BudgetEntry(Model):
    """What changed a budget, final once it is written; `amount_cents` is added to what is available.

    `invoice` and `order` say where an inflow comes from, `claim` what it follows.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    budget_id: UUID
    budget: fields.ForeignKeyRelation["MemberBudget"] = fields.ForeignKeyField(
        "domain.MemberBudget", related_name="entries", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(BudgetEntryKind, max_length=20)
    amount_cents = fields.BigIntField()
    booked_on = fields.DateField()
    note = fields.CharField(max_length=500, default="")
    invoice_id: UUID | None
    invoice: fields.ForeignKeyNullableRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="budget_entries", null=True, on_delete=fields.RESTRICT
    )
    order_id: UUID | None
    order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="budget_entries", null=True, on_delete=fields.RESTRICT
    )
    claim_id: UUID | None
    claim: fields.ForeignKeyNullableRelation["Claim"] = fields.ForeignKeyField(
        "domain.Claim", related_name="budget_entries", null=True, on_delete=fields.RESTRICT
    )
    entered_by_id: UUID | None
    entered_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="budget_entries", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "budget_entries"
        indexes = (("budget_id", "id"), ("invoice_id",), ("claim_id",))
