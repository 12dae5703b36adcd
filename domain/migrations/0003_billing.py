"""An invoice of one order names it; what was issued is kept as it was by the database itself."""

import functools
from json import dumps, loads
from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from domain.database.add_fields import grouped

from domain.billing.immutability import STATEMENTS
from domain.database import ddl

forward, backward = ddl.run(*STATEMENTS)
order: Any = fields.ForeignKeyField(
    "domain.Order",
    source_field="order_id",
    null=True,
    db_constraint=True,
    to_field="id",
    related_name="invoices",
    on_delete=OnDelete.RESTRICT,
)
before_hold: Any = fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads)


class Migration(migrations.Migration):
    """Columns first, then the rules about them."""

    dependencies = [("domain", "0002_rules")]
    operations = grouped(
        [
            ops.AddField(model_name="Invoice", name="order", field=order),
            ops.AddField(
                model_name="Invoice", name="is_redated", field=fields.BooleanField(default=False, db_default=False)
            ),
            ops.AddField(model_name="Invoice", name="before_hold", field=before_hold),
            ops.AddIndex(model_name="Invoice", index=Index(fields=["order_id", "id"])),
            ops.AddIndex(model_name="InvoiceItem", index=Index(fields=["line_id"])),
            ops.RunSQL(forward, backward),
        ]
    )
