"""Defects at a file and page of a version, and what the member has done about each."""

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.database.add_fields import AddFields

DEFECTS_OF_FILE = ddl.index("defects_of_file", "defects (file_id) WHERE file_id IS NOT NULL")
PAGES_FROM_ONE = ddl.check("defects", "defects_page", "page >= 1")
# Versions that were delivered before there was a checklist are not held up by it.
EARLIER_DEFECTS = (
    """UPDATE defects f SET corrected_at = f.created_at FROM deliveries d
    WHERE d.id = f.delivery_id AND f.version_number < d.current_number""",
    "SELECT 1",
)
forward, backward = ddl.run(DEFECTS_OF_FILE, PAGES_FROM_ONE, EARLIER_DEFECTS)


class Migration(migrations.Migration):
    """Four columns."""

    dependencies = [("domain", "0075_due_days")]
    operations = [
        ops.AlterModelOptions(
            name="Defect",
            options={
                "table": "defects",
                "app": "domain",
                "indexes": (("delivery_id", "id"),),
                "pk_attr": "id",
                "table_description": "A defect that a customer found in one version, of the whole or at a file and page "
                "of it.",
            },
        ),
        ops.AddField(
            model_name="Defect",
            name="file",
            field=fields.ForeignKeyField(
                "domain.File",
                source_field="file_id",
                db_constraint=True,
                to_field="id",
                related_name="defects",
                null=True,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        AddFields(
            "Defect",
            page=fields.IntField(null=True),
            corrected_at=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            answer=fields.TextField(null=True, unique=False),
        ),
        ops.RunSQL(forward, backward),
    ]
