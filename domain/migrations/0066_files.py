"""Uploaded files, the parts in which they arrive, and the files of deliveries."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.ids import new_id
from domain.uploads import immutability
from domain.uploads.model import FileState

forward, backward = ddl.run(*immutability.STATEMENTS)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _key(model: str, name: str, related_name: str, **options: Any) -> tuple[str, Any]:
    field = fields.ForeignKeyField(
        f"domain.{model}",
        source_field=f"{name}_id",
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )
    return name, field


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


class Migration(migrations.Migration):
    """Three tables, and what the database refuses to change in them."""

    dependencies = [("domain", "0065_supplements")]
    operations = [
        ops.CreateModel(
            name="File",
            fields=[
                ("id", _id()),
                _key("Member", "member", "files"),
                _key("Order", "for_order", "files", null=True),
                ("name", fields.CharField(max_length=255)),
                ("size", fields.BigIntField()),
                ("received", fields.BigIntField(default=0, db_default=0)),
                ("parts", fields.IntField(default=0, db_default=0)),
                (
                    "state",
                    fields.CharEnumField(
                        default=FileState.UPLOADING,
                        db_default="UPLOADING",
                        description="UPLOADING: UPLOADING\nFINISHED: FINISHED\nREMOVED: REMOVED",
                        enum_type=FileState,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1, db_default=1)),
                ("media_type", fields.CharField(null=True, max_length=100)),
                ("sha256", fields.CharField(null=True, max_length=64)),
                ("created_at", _instant()),
                ("last_byte_at", _instant()),
                ("finished_at", _instant(null=True)),
                ("fence", fields.IntField(default=0, db_default=0)),
                ("leased_until", _instant(null=True)),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("next_attempt_at", _instant(null=True)),
                ("last_error", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "files",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A file of a member. Its bytes are one object of the storage once it is "
                "FINISHED, and parts before.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FilePart",
            fields=[
                ("id", _id()),
                _key("File", "file", "stored_parts"),
                ("start", fields.BigIntField()),
                ("size", fields.IntField()),
                ("fence", fields.IntField()),
            ],
            options={
                "table": "file_parts",
                "app": "domain",
                "unique_together": (("file", "start"),),
                "pk_attr": "id",
                "table_description": "Bytes of an unfinished file, from `start` on: an object of their own, which its "
                "writer's fence names too.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeliveryFile",
            fields=[
                ("id", _id()),
                _key("Delivery", "delivery", "files"),
                ("number", fields.IntField()),
                ("position", fields.IntField()),
                _key("File", "file", "deliveries"),
            ],
            options={
                "table": "delivery_files",
                "app": "domain",
                "unique_together": (("delivery", "number", "file"),),
                "indexes": [("file_id",)],
                "pk_attr": "id",
                "table_description": "A file of one version, or of the draft, which has the number that its version "
                "will have.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
