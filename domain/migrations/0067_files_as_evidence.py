"""Evidence is a link or an uploaded file."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.uploads import immutability

forward, backward = ddl.run(*immutability.EVIDENCE_STATEMENTS)


class Migration(migrations.Migration):
    """A column, one that may be empty now, and a check."""

    dependencies = [("domain", "0066_files")]
    operations = [
        ops.AlterField(model_name="Evidence", name="link", field=fields.CharField(null=True, max_length=2000)),
        ops.AddField(
            model_name="Evidence",
            name="file",
            field=fields.ForeignKeyField(
                "domain.File",
                source_field="file_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="evidence",
                on_delete=fields.OnDelete.RESTRICT,
            ),
        ),
        ops.AlterModelOptions(
            name="Evidence",
            options={
                "pk_attr": "id",
                "table_description": "Proof that a customer agreed outside the platform: a title, and a link or a file.",
            },
        ),
        ops.RunSQL(forward, backward),
    ]
