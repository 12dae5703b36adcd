"""Claims on budgets with their receipts and files, payment files, and the claim that an entry follows."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.claims import immutability
from domain.claims.model import ClaimKind, ClaimStatus, PaymentFileStatus
from domain.database import ddl
from domain.kernel.ids import new_id

KINDS = "EXPENSE TRAVEL DIRECT_PAYMENT PAYOUT"
STATUSES = "DRAFT SUBMITTED APPROVED IN_PAYMENT PAID REJECTED CANCELED"
FILE_STATUSES = "CREATED SENT DISCARDED"
forward, backward = ddl.run(*immutability.STATEMENTS)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


def _reference(
    model: str, column: str, related_name: str, on_delete: OnDelete = OnDelete.RESTRICT, **options: Any
) -> Any:
    return fields.ForeignKeyField(
        model,
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=on_delete,
        **options,
    )


def _status(enum_type: Any, default: Any, names: str) -> Any:
    return fields.CharEnumField(default=default, description=_described(names), enum_type=enum_type, max_length=16)


def _options(table: str, description: str, *indexes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"table": table, "app": "domain", "pk_attr": "id", "table_description": description}
    return found | ({"indexes": [Index(fields=each) for each in indexes]} if indexes else {})


class Migration(migrations.Migration):
    """Four tables, and a column of the entries of budgets."""

    dependencies = [("domain", "0086_budgets")]
    operations = [
        ops.CreateModel(
            name="PaymentFile",
            fields=[
                ("id", _id()),
                ("status", _status(PaymentFileStatus, PaymentFileStatus.CREATED, FILE_STATUSES)),
                ("version", fields.IntField(default=1)),
                ("message_id", fields.CharField(max_length=35, unique=True)),
                ("execute_on", fields.DateField()),
                ("claim_count", fields.IntField()),
                ("amount_cents", fields.BigIntField()),
                ("content", fields.TextField(unique=False)),
                ("sha256", fields.CharField(max_length=64)),
                ("created_by", _reference("domain.Account", "created_by_id", "payment_files", null=True)),
                ("created_at", _instant()),
                ("sent_at", _instant(null=True)),
            ],
            options=_options(
                "payment_files",
                "A SEPA credit transfer file; `content` is the document as the bank reads it, and never changes.",
                ["created_at", "id"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Claim",
            fields=[
                ("id", _id()),
                ("status", _status(ClaimStatus, ClaimStatus.DRAFT, STATUSES)),
                ("version", fields.IntField(default=1)),
                (
                    "kind",
                    fields.CharEnumField(description=_described(KINDS), enum_type=ClaimKind, max_length=16),
                ),
                ("budget", _reference("domain.MemberBudget", "budget_id", "claims")),
                ("member", _reference("domain.Member", "member_id", "claims")),
                ("for_order", _reference("domain.Order", "for_order_id", "claims", null=True)),
                ("purpose", fields.CharField(max_length=140)),
                ("amount_cents", fields.BigIntField()),
                ("travel", fields.JSONField(null=True)),
                ("payee_name", fields.CharField(null=True, max_length=70)),
                ("payee_iban", fields.CharField(null=True, max_length=34)),
                ("end_to_end_id", fields.CharField(max_length=35, unique=True)),
                ("payment_file", _reference("domain.PaymentFile", "payment_file_id", "claims", null=True)),
                ("decision_reason", fields.CharField(null=True, max_length=500)),
                ("submitted_at", _instant(null=True)),
                ("decided_at", _instant(null=True)),
                ("paid_on", fields.DateField(null=True)),
                ("created_at", _instant()),
            ],
            options=_options(
                "claims",
                "What a member claims of their budget, in cents of a euro.",
                ["budget_id", "id"],
                ["member_id", "created_at", "id"],
                ["status", "created_at", "id"],
                ["payment_file_id"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClaimReceipt",
            fields=[
                ("id", _id()),
                ("claim", _reference("domain.Claim", "claim_id", "receipts", OnDelete.CASCADE)),
                ("position", fields.IntField()),
                ("spent_on", fields.DateField()),
                ("text", fields.CharField(max_length=200)),
                ("gross_cents", fields.BigIntField()),
                ("vat_rate", fields.DecimalField(max_digits=6, decimal_places=3)),
                ("vat_cents", fields.BigIntField()),
            ],
            options=_options(
                "claim_receipts",
                "One receipt of an expense, or the part of one with one tax rate; `vat_cents` is contained in "
                "`gross_cents`.",
                ["claim_id", "position"],
            ),
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClaimFile",
            fields=[
                ("id", _id()),
                ("claim", _reference("domain.Claim", "claim_id", "files")),
                ("position", fields.IntField()),
                ("file", _reference("domain.File", "file_id", "claims")),
            ],
            options=_options(
                "claim_files",
                "A file that proves a claim: a receipt, or the invoice of a third party.",
                ["claim_id", "position"],
                ["file_id"],
            ),
            bases=["Model"],
        ),
        ops.AddField(
            model_name="BudgetEntry",
            name="claim",
            field=_reference("domain.Claim", "claim_id", "budget_entries", null=True),
        ),
        ops.AddIndex(model_name="BudgetEntry", index=Index(fields=["claim_id"])),
        ops.RunSQL(forward, backward),
    ]
