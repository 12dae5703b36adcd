"""Issued invoices are archived after their retention, which the operator may lengthen."""

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.billing.immutability import no_truncate_trigger
from domain.database import ddl
from domain.database.add_fields import AddFields
from domain.kernel.ids import new_id

YEARS = ddl.check(
    "operator_settings", "operator_settings_invoice_retention", "invoice_retention_years BETWEEN 8 AND 10"
)
forward, backward = ddl.run(YEARS, ddl.insert_only("archived_invoices"), no_truncate_trigger("archived_invoices"))


class Migration(migrations.Migration):
    """A column, and a table whose rows are final."""

    dependencies = [("domain", "0060_register")]
    operations = [
        AddFields("OperatorSettings", invoice_retention_years=fields.IntField(default=8, db_default=8)),
        ops.CreateModel(
            name="ArchivedInvoice",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "invoice",
                    fields.OneToOneField(
                        "domain.Invoice",
                        source_field="invoice_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="archive_entry",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("archived_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "archived_invoices",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "An invoice that the operator has archived after its retention; the issued row "
                "itself never changes.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
