"""Lines know who entered or amended them last; what asks for no money has no due date."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing import immutability
from domain.database import ddl

forward, backward = ddl.run(immutability.DUE_WHERE_MONEY_IS_ASKED_FOR)


class Migration(migrations.Migration):
    """A column, and a check."""

    dependencies = [("domain", "0056_invoice_documents")]
    operations = [
        ops.AddField(
            model_name="BillableLine",
            name="entered_by",
            field=fields.ForeignKeyField(
                "domain.Account",
                source_field="entered_by_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="entered_lines",
                on_delete=fields.OnDelete.RESTRICT,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
