"""Previews of files, drawn after they were put together."""

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.ids import new_id
from domain.uploads import immutability
from domain.uploads.model import PreviewState

forward, backward = ddl.run(*immutability.PREVIEW_STATEMENTS)


class Migration(migrations.Migration):
    """One table; files from before have no previews."""

    dependencies = [("domain", "0069_deleted_runs")]
    operations = [
        ops.CreateModel(
            name="FilePreview",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "file",
                    fields.OneToOneField(
                        "domain.File",
                        source_field="file_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="preview",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=PreviewState.WAITING,
                        db_default="WAITING",
                        description="WAITING: WAITING\nMADE: MADE\nFAILED: FAILED",
                        enum_type=PreviewState,
                        max_length=16,
                    ),
                ),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("next_attempt_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_error", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "file_previews",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The preview of a file that can have one. `next_attempt_at` is kept in real time.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
