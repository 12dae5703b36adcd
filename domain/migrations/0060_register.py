"""The register of document numbers as views; a first number says who set it, and when."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.billing import register
from domain.database import ddl
from domain.database.add_fields import AddFields

forward, backward = ddl.run(
    *register.STATEMENTS, ddl.index("document_numbers_allocated", "document_numbers (allocated_at, invoice_id)")
)


class Migration(migrations.Migration):
    """Two columns, three views, and the index of the register's order."""

    dependencies = [("domain", "0059_sealed_documents")]
    operations = [
        AddFields(
            "SeriesStart",
            set_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            set_by=fields.CharField(null=True, max_length=200),
        ),
        ops.RunSQL(forward, backward),
    ]
