"""Imports of files: a checked file with its content until it is imported."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.imports.model import DataImportStatus, ImportKind
from domain.kernel.ids import new_id

forward, backward = ddl.run(
    ddl.check("data_imports", "data_imports_kept_while_checked", "status = 'CHECKED' OR text = ''"),
    ddl.check("data_imports", "data_imports_dated", "(status = 'IMPORTED') = (imported_at IS NOT NULL)"),
    ddl.index("data_imports_by_age", "data_imports (created_at DESC, id)"),
)


def _described(names: str) -> str:
    return "\n".join(f"{name}: {name}" for name in names.split())


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("domain", "0076_defects")]
    operations = [
        ops.CreateModel(
            name="DataImport",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description=_described("MEMBERS CUSTOMERS ORDERS"), enum_type=ImportKind, max_length=16
                    ),
                ),
                (
                    "status",
                    fields.CharEnumField(
                        default=DataImportStatus.CHECKED,
                        description=_described("CHECKED IMPORTED DISCARDED"),
                        enum_type=DataImportStatus,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("file_name", fields.CharField(max_length=200)),
                ("sha256", fields.CharField(max_length=64)),
                ("encoding", fields.CharField(max_length=16)),
                ("delimiter", fields.CharField(max_length=1)),
                ("row_count", fields.IntField()),
                ("mail_count", fields.IntField(default=0)),
                ("text", fields.TextField(unique=False)),
                (
                    "created_by",
                    fields.ForeignKeyField(
                        "domain.Account",
                        source_field="created_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="data_imports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", _instant()),
                ("imported_at", _instant(null=True)),
            ],
            options={
                "table": "data_imports",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "A file that was checked and found without a fault.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
