"""Receivables, which are the open items of customers, and their entries as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.bank.model import BankTransaction
    from domain.billing.model import Invoice
    from domain.orders.model import Order
    from domain.parties.model import Customer


class ReceivableStatus(StrEnum):
    """How much of a receivable is paid; derived from its entries."""

    OPEN = "OPEN"
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"


class EntryKind(StrEnum):
    """The kinds of entries of a receivable."""

    PAYMENT = "PAYMENT"
    PAYMENT_REVERSAL = "PAYMENT_REVERSAL"
    CANCELLATION = "CANCELLATION"
    WRITE_OFF = "WRITE_OFF"
    REFUND = "REFUND"
    REMINDER_FEE = "REMINDER_FEE"
    INTEREST = "INTEREST"
    CHARGE_WAIVER = "CHARGE_WAIVER"
    WRITE_OFF_REVERSAL = "WRITE_OFF_REVERSAL"


# What reminders charge beside the invoice.
CHARGES = frozenset({EntryKind.REMINDER_FEE, EntryKind.INTEREST, EntryKind.CHARGE_WAIVER})
# What is given up, and what of that is open no longer.
WRITE_OFFS = frozenset({EntryKind.WRITE_OFF, EntryKind.WRITE_OFF_REVERSAL})


class Receivable(Model):
    """What a customer owes of one posted invoice.

    The sums are those of its entries, which the database compares when a transaction ends: `canceled_cents` were taken
    back by cancellation invoices, `paid_cents` are payments less reversals and refunds, `charges_cents` are fees and
    interest of reminders less what was waived. It is disputed while `disputed_at` is set; `dispute_resolution` is what
    was agreed of the last dispute. A write-off waits for a second person while `write_off_proposed_at` is set.
    `reminder_step` counts the reminders; none goes before `reminders_not_before` and until `reminders_paused_until`
    is over, and the formal one not before its member was told on `formal_announced_on`.

    An opening balance has no invoice here, but the number, day and customer of that of an earlier system.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(ReceivableStatus, max_length=16, default=ReceivableStatus.OPEN)
    version = fields.IntField(default=1)
    invoice_id: UUID | None
    invoice: fields.OneToOneNullableRelation["Invoice"] = fields.OneToOneField(
        "domain.Invoice", related_name="receivable", null=True, on_delete=fields.RESTRICT
    )
    opening_number = fields.CharField(max_length=40, null=True, unique=True)
    opening_issued_on = fields.DateField(null=True)
    customer_id: UUID | None
    customer: fields.ForeignKeyNullableRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="opening_receivables", null=True, on_delete=fields.RESTRICT
    )
    order_id: UUID | None
    order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="receivables", null=True, on_delete=fields.RESTRICT
    )
    currency = fields.CharField(max_length=3)
    amount_cents = fields.BigIntField()
    due_on = fields.DateField(null=True)
    canceled_cents = fields.BigIntField(default=0)
    paid_cents = fields.BigIntField(default=0)
    written_off_cents = fields.BigIntField(default=0)
    charges_cents = fields.BigIntField(default=0, db_default=0)
    disputed_at = fields.DatetimeField(null=True)
    dispute_reason = fields.TextField(null=True)
    dispute_resolution = fields.TextField(null=True)
    write_off_proposed_at = fields.DatetimeField(null=True)
    write_off_proposed_by_id: UUID | None
    write_off_proposed_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="proposed_write_offs", null=True, on_delete=fields.RESTRICT
    )
    write_off_reason = fields.TextField(null=True)
    reminder_step = fields.IntField(default=0, db_default=0)
    reminded_on = fields.DateField(null=True)
    formal_announced_on = fields.DateField(null=True)
    reminders_not_before = fields.DateField(null=True)
    reminders_paused_until = fields.DateField(null=True)
    reminders_pause_reason = fields.TextField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "receivables"
        indexes = (("order_id",), ("due_on", "id"))


class ReceivableEntry(Model):
    """What changed a receivable, final once it is written.

    `amount_cents` is added to what remains: payments, cancellations and write-offs are below zero. A reversal names the
    payment that it takes back in `reverses`, a cancellation its document, a
    transfer that the bank stated its transaction.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    receivable_id: UUID
    receivable: fields.ForeignKeyRelation["Receivable"] = fields.ForeignKeyField(
        "domain.Receivable", related_name="entries", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(EntryKind, max_length=20)
    amount_cents = fields.BigIntField()
    booked_on = fields.DateField()
    note = fields.CharField(max_length=500, default="")
    reverses_id: UUID | None
    reverses: fields.OneToOneNullableRelation["ReceivableEntry"] = fields.OneToOneField(
        "domain.ReceivableEntry", related_name="reversed_by", null=True, on_delete=fields.RESTRICT
    )
    document_id: UUID | None
    document: fields.OneToOneNullableRelation["Invoice"] = fields.OneToOneField(
        "domain.Invoice", related_name="receivable_entry", null=True, on_delete=fields.RESTRICT
    )
    bank_transaction_id: UUID | None
    bank_transaction: fields.ForeignKeyNullableRelation["BankTransaction"] = fields.ForeignKeyField(
        "domain.BankTransaction", related_name="entries", null=True, on_delete=fields.RESTRICT
    )
    entered_by_id: UUID | None
    entered_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="receivable_entries", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "receivable_entries"
        indexes = (("receivable_id", "id"), ("bank_transaction_id",))
