"""Bank files and their transactions as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account


class BankFileStatus(StrEnum):
    """The state of a bank file: it is imported as a whole or not at all."""

    IMPORTED = "IMPORTED"


class BankTransactionStatus(StrEnum):
    """Whether a transaction is booked as payment."""

    OPEN = "OPEN"
    BOOKED = "BOOKED"
    SET_ASIDE = "SET_ASIDE"


class BankFile(Model):
    """A file of the bank that was read as a whole; `sha256` lets no file in twice.

    `known_count` is how many of its transactions an earlier file brought already, which are left out.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(BankFileStatus, max_length=16, default=BankFileStatus.IMPORTED)
    version = fields.IntField(default=1)
    file_name = fields.CharField(max_length=200)
    sha256 = fields.CharField(max_length=64, unique=True)
    format = fields.CharField(max_length=20)
    account_count = fields.IntField()
    transaction_count = fields.IntField()
    known_count = fields.IntField()
    created_by_id: UUID | None
    created_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="bank_files", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "bank_files"


class BankTransaction(Model):
    """What the bank booked on an account of the operator; money that went out is below zero.

    `fingerprint` is unique: a transaction that comes again in a later file is the same one, and equal ones of one day
    are told apart by their place among these.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(BankTransactionStatus, max_length=16)
    version = fields.IntField(default=1)
    file_id: UUID
    file: fields.ForeignKeyRelation["BankFile"] = fields.ForeignKeyField(
        "domain.BankFile", related_name="transactions", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    account_iban = fields.CharField(max_length=34)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    charges_cents = fields.BigIntField(default=0)
    booked_on = fields.DateField()
    valued_on = fields.DateField()
    counterparty_name = fields.CharField(max_length=500)
    counterparty_iban = fields.CharField(max_length=34)
    reference = fields.CharField(max_length=500)
    end_to_end_id = fields.CharField(max_length=500)
    bank_reference = fields.CharField(max_length=500)
    fingerprint = fields.CharField(max_length=64, unique=True)
    note = fields.CharField(max_length=500, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "bank_transactions"
        indexes = (("file_id", "position"), ("status", "booked_on", "id"), ("counterparty_iban",))
