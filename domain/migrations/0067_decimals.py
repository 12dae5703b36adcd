"""Quantities and unit prices have up to four decimals, tax rates up to three, as EN 16931:2026 allows.

A unit price is kept in cents with two decimals. Drafts are checked once more, for the fingerprint of their contents
names numbers with their decimals.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing.documents.requests import EARLIER_DRAFTS
from domain.database import ddl

PLANS = ("PlannedInvoice", "BillableLine", "InvoiceItem")
WITH_PRICE = (*PLANS, "TemplateInvoice")
forward, backward = ddl.run(EARLIER_DRAFTS)


def _quantity() -> Any:
    return fields.DecimalField(max_digits=13, decimal_places=4)


def _unit_price() -> Any:
    return fields.DecimalField(max_digits=15, decimal_places=2)


def _vat_rate() -> Any:
    return fields.DecimalField(max_digits=6, decimal_places=3)


class Migration(migrations.Migration):
    """Three columns of four tables."""

    dependencies = [("domain", "0057_dual_control_of_lines")]
    operations = [
        *(ops.AlterField(model_name=model, name="quantity", field=_quantity()) for model in WITH_PRICE),
        *(ops.AlterField(model_name=model, name="unit_price_cents", field=_unit_price()) for model in WITH_PRICE),
        *(ops.AlterField(model_name=model, name="vat_rate", field=_vat_rate()) for model in PLANS),
        ops.RunSQL(forward, backward),
    ]
