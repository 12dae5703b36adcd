"""Budgets of members with their final entries; what was paid of invoices already is their first inflow."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.budgets import expectations, immutability
from domain.budgets.model import BudgetEntryKind, BudgetStatus
from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id

KINDS = "INFLOW GUARANTEE REVERSAL CLAWBACK CORRECTION CLAIM_RESERVED CLAIM_RELEASED CLAIM_PAID CLAIM_RETURNED"
forward, backward = ddl.run(*immutability.STATEMENTS, *expectations.STATEMENTS)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _related(column: str, related_name: str) -> dict[str, Any]:
    return {
        "source_field": column,
        "db_constraint": True,
        "to_field": "id",
        "related_name": related_name,
        "on_delete": OnDelete.RESTRICT,
    }


def _reference(model: str, column: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(model, **_related(column, related_name), **options)


class Migration(migrations.Migration):
    """Two tables, two views, a setting, and the budgets of known members."""

    dependencies = [("domain", "0082_bank_files")]
    operations = [
        AddFields("OperatorSettings", guarantee_pays_at_posting=fields.BooleanField(default=False, db_default=False)),
        ops.CreateModel(
            name="MemberBudget",
            fields=[
                ("id", _id()),
                (
                    "status",
                    fields.CharEnumField(
                        default=BudgetStatus.OPEN,
                        db_default="OPEN",
                        description="OPEN: OPEN",
                        enum_type=BudgetStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1, db_default=1)),
                ("member", fields.OneToOneField("domain.Member", **_related("member_id", "budget"))),
                ("received_cents", fields.BigIntField(default=0, db_default=0)),
                ("reserved_cents", fields.BigIntField(default=0, db_default=0)),
                ("paid_cents", fields.BigIntField(default=0, db_default=0)),
            ],
            options={
                "table": "member_budgets",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The budget of one member, in cents of a euro; its row is the lock of the ledger.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BudgetEntry",
            fields=[
                ("id", _id()),
                ("budget", _reference("domain.MemberBudget", "budget_id", "entries")),
                (
                    "kind",
                    fields.CharEnumField(description=_described(KINDS), enum_type=BudgetEntryKind, max_length=20),
                ),
                ("amount_cents", fields.BigIntField()),
                ("booked_on", fields.DateField()),
                ("note", fields.CharField(default="", max_length=500)),
                ("invoice", _reference("domain.Invoice", "invoice_id", "budget_entries", null=True)),
                ("order", _reference("domain.Order", "order_id", "budget_entries", null=True)),
                ("entered_by", _reference("domain.Account", "entered_by_id", "budget_entries", null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "budget_entries",
                "app": "domain",
                "indexes": [Index(fields=["budget_id", "id"]), Index(fields=["invoice_id"])],
                "pk_attr": "id",
                "table_description": "What changed a budget, final once it is written; `amount_cents` is added to "
                "what is available.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
