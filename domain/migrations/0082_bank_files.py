"""Bank files and their transactions, and the entries that these have brought about."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.bank import immutability
from domain.bank.model import BankFileStatus, BankTransactionStatus
from domain.database import ddl
from domain.kernel.ids import new_id

forward, backward = ddl.run(*immutability.STATEMENTS)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _instant() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


def _reference(model: str, column: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(
        model,
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


class Migration(migrations.Migration):
    """Two tables, and a column of entries."""

    dependencies = [("domain", "0081_receivables")]
    operations = [
        ops.CreateModel(
            name="BankFile",
            fields=[
                ("id", _id()),
                (
                    "status",
                    fields.CharEnumField(
                        default=BankFileStatus.IMPORTED,
                        description="IMPORTED: IMPORTED",
                        enum_type=BankFileStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("file_name", fields.CharField(max_length=200)),
                ("sha256", fields.CharField(max_length=64, unique=True)),
                ("format", fields.CharField(max_length=20)),
                ("account_count", fields.IntField()),
                ("transaction_count", fields.IntField()),
                ("known_count", fields.IntField()),
                ("created_by", _reference("domain.Account", "created_by_id", "bank_files", null=True)),
                ("created_at", _instant()),
            ],
            options={
                "table": "bank_files",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A file of the bank that was read as a whole; `sha256` lets no file in twice.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BankTransaction",
            fields=[
                ("id", _id()),
                (
                    "status",
                    fields.CharEnumField(
                        description="OPEN: OPEN\nBOOKED: BOOKED\nSET_ASIDE: SET_ASIDE",
                        enum_type=BankTransactionStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("file", _reference("domain.BankFile", "file_id", "transactions")),
                ("position", fields.IntField()),
                ("account_iban", fields.CharField(max_length=34)),
                ("amount_cents", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("charges_cents", fields.BigIntField(default=0)),
                ("booked_on", fields.DateField()),
                ("valued_on", fields.DateField()),
                ("counterparty_name", fields.CharField(max_length=500)),
                ("counterparty_iban", fields.CharField(max_length=34)),
                ("reference", fields.CharField(max_length=500)),
                ("end_to_end_id", fields.CharField(max_length=500)),
                ("bank_reference", fields.CharField(max_length=500)),
                ("fingerprint", fields.CharField(max_length=64, unique=True)),
                ("note", fields.CharField(default="", max_length=500)),
                ("created_at", _instant()),
            ],
            options={
                "table": "bank_transactions",
                "app": "domain",
                "indexes": [
                    Index(fields=["file_id", "position"]),
                    Index(fields=["status", "booked_on", "id"]),
                    Index(fields=["counterparty_iban"]),
                ],
                "pk_attr": "id",
                "table_description": "What the bank booked on an account of the operator; money that went out is below "
                "zero.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ReceivableEntry",
            name="bank_transaction",
            field=_reference("domain.BankTransaction", "bank_transaction_id", "entries", null=True),
        ),
        ops.AddIndex(model_name="ReceivableEntry", index=Index(fields=["bank_transaction_id"])),
        ops.RunSQL(forward, backward),
    ]
