"""Comments have files, which employees and customers upload too: a file belongs to a member or to an account."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.ids import new_id
from domain.uploads import immutability

forward, backward = ddl.run(*immutability.COMMENT_STATEMENTS)


def _key(model: str, name: str, related_name: str, **options: Any) -> Any:
    return fields.ForeignKeyField(
        f"domain.{model}",
        source_field=f"{name}_id",
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


class Migration(migrations.Migration):
    """A table, an owner without a member, and what the database refuses to change."""

    dependencies = [("domain", "0097_endorsed_claims")]
    operations = [
        ops.CreateModel(
            name="CommentFile",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                ("comment", _key("Comment", "comment", "files")),
                ("position", fields.IntField()),
                ("file", _key("File", "file", "comments")),
            ],
            options={
                "table": "comment_files",
                "app": "domain",
                "unique_together": (("comment", "file"),),
                "indexes": [("file_id",)],
                "pk_attr": "id",
                "table_description": "A file of a comment, which its readers may have. Rows are final.",
            },
            bases=["Model"],
        ),
        ops.AlterField(model_name="File", name="member", field=_key("Member", "member", "files", null=True)),
        ops.AddField(model_name="File", name="account_id", field=fields.UUIDField(null=True)),
        ops.AlterModelOptions(
            name="File",
            options={
                "pk_attr": "id",
                "table_description": "A file of a member or an account. Its bytes are one object of the "
                "storage once FINISHED, and parts before.",
            },
        ),
        ops.RunSQL(forward, backward),
    ]
