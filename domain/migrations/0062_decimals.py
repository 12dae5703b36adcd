"""Quantities and unit prices have up to four decimals, tax rates up to three, as EN 16931:2026 allows.

A unit price is kept in cents with two decimals. Drafts are checked once more, for the fingerprint of their contents
names numbers with their decimals.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing.documents.requests import EARLIER_DRAFTS
from domain.database import ddl

PRICED = {"quantity": ("numeric(13, 4)", "numeric(12, 3)"), "unit_price_cents": ("numeric(15, 2)", "bigint")}
TAXED = PRICED | {"vat_rate": ("numeric(6, 3)", "numeric(5, 2)")}
TABLES = {"planned_invoices": TAXED, "billable_lines": TAXED, "invoice_items": TAXED, "template_invoices": PRICED}
PLANS = ("PlannedInvoice", "BillableLine", "InvoiceItem")


class FollowType(ops.AlterField):
    """Follow the new type of a column, which SQL gives all columns of a table at once."""

    async def database_forward(self, *_: Any, **__: Any) -> None: ...

    async def database_backward(self, *_: Any, **__: Any) -> None: ...


def _types(table: str, columns: dict[str, tuple[str, str]]) -> tuple[str, str]:
    forward, backward = (
        ", ".join(f"ALTER COLUMN {name} TYPE {types[way]}" for name, types in columns.items()) for way in (0, 1)
    )
    return f"ALTER TABLE {table} {forward}", f"ALTER TABLE {table} {backward}"


def _quantity() -> Any:
    return fields.DecimalField(max_digits=13, decimal_places=4)


def _unit_price() -> Any:
    return fields.DecimalField(max_digits=15, decimal_places=2)


def _vat_rate() -> Any:
    return fields.DecimalField(max_digits=6, decimal_places=3)


altered, restored = ddl.run(*(_types(table, columns) for table, columns in TABLES.items()))
requested, kept = ddl.run(EARLIER_DRAFTS)


class Migration(migrations.Migration):
    """Three columns of four tables."""

    dependencies = [("domain", "0061_retention")]
    operations = [
        ops.RunSQL(altered, restored),
        *(FollowType(model_name=model, name="quantity", field=_quantity()) for model in (*PLANS, "TemplateInvoice")),
        *(
            FollowType(model_name=model, name="unit_price_cents", field=_unit_price())
            for model in (*PLANS, "TemplateInvoice")
        ),
        *(FollowType(model_name=model, name="vat_rate", field=_vat_rate()) for model in PLANS),
        ops.RunSQL(requested, kept),
    ]
