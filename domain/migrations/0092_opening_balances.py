"""Open items without an invoice here: opening balances, imported from files of open invoices."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.imports.model import ImportKind
from domain.receivables import opening_balances, overdue_ages

KINDS = "MEMBERS CUSTOMERS ORDERS OPEN_INVOICES"
forward, backward = ddl.run(*opening_balances.STATEMENTS, *overdue_ages.STATEMENTS)


def _reference(kind: Any, model: str, column: str, related_name: str) -> Any:
    return kind(
        model,
        source_field=column,
        null=True,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    """Three columns, one that may be empty, and a kind of file."""

    dependencies = [("domain", "0091_ledger_exports")]
    operations = [
        ops.AlterField(
            model_name="Receivable",
            name="invoice",
            field=_reference(fields.OneToOneField, "domain.Invoice", "invoice_id", "receivable"),
        ),
        AddFields(
            "Receivable",
            opening_number=fields.CharField(max_length=40, null=True, unique=True),
            opening_issued_on=fields.DateField(null=True),
            customer=_reference(fields.ForeignKeyField, "domain.Customer", "customer_id", "opening_receivables"),
        ),
        ops.AlterField(
            model_name="DataImport",
            name="kind",
            field=fields.CharEnumField(
                description="\n".join(f"{name}: {name}" for name in KINDS.split()),
                enum_type=ImportKind,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
