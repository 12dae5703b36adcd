"""Acceptance records, frozen with each acceptance, and their documents, which the worker of invoices makes too."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.acceptance_records import immutability
from domain.billing.documents.model import DocumentJobKind
from domain.database import ddl
from domain.deliveries.model import AcceptedBy
from domain.kernel.ids import new_id

forward, backward = ddl.run(*immutability.STATEMENTS)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _key(model: str, name: str, related_name: str, field: Any = fields.ForeignKeyField, **options: Any) -> Any:
    return field(
        f"domain.{model}",
        source_field=f"{name}_id",
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


def _instant() -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False)


class Migration(migrations.Migration):
    """Two tables, and jobs that are about a delivery."""

    dependencies = [("domain", "0071_file_previews")]
    operations = [
        ops.AlterModelOptions(
            name="DocumentJob",
            options={
                "table": "document_jobs",
                "app": "domain",
                "unique_together": (("invoice", "kind"),),
                "pk_attr": "id",
                "table_description": "Work on the documents of an invoice or of an accepted delivery, requested in the "
                "transaction that wants it.",
            },
        ),
        ops.CreateModel(
            name="AcceptanceRecord",
            fields=[
                ("id", _id()),
                ("delivery", _key("Delivery", "delivery", "acceptance_record", fields.OneToOneField)),
                ("version_number", fields.IntField()),
                ("accepted_at", _instant()),
                (
                    "accepted_by",
                    fields.CharEnumField(
                        description="CUSTOMER: CUSTOMER\nSILENCE: SILENCE", enum_type=AcceptedBy, max_length=16
                    ),
                ),
                ("person", fields.CharField(null=True, max_length=200)),
                ("rating", fields.IntField(null=True)),
                ("contents", fields.JSONField()),
                ("created_at", _instant()),
            ],
            options={
                "table": "acceptance_records",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The acceptance of one version, written in its transaction; rows are final.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AcceptanceDocument",
            fields=[
                ("id", _id()),
                ("record", _key("AcceptanceRecord", "record", "document", fields.OneToOneField)),
                ("key", fields.CharField(unique=True, max_length=200)),
                ("sha256", fields.CharField(max_length=64)),
                ("size", fields.IntField()),
                ("created_at", _instant()),
            ],
            options={
                "table": "acceptance_documents",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The PDF of a record in the object storage; rows are final, and files are never "
                "written again.",
            },
            bases=["Model"],
        ),
        ops.AlterField(
            model_name="DocumentJob",
            name="invoice",
            field=_key("Invoice", "invoice", "document_jobs", null=True),
        ),
        ops.AddField(
            model_name="DocumentJob",
            name="delivery",
            field=_key("Delivery", "delivery", "document_jobs", null=True),
        ),
        ops.AlterField(
            model_name="DocumentJob",
            name="kind",
            field=fields.CharEnumField(
                description="CHECK: CHECK\nRENDERING: RENDERING\nACCEPTANCE: ACCEPTANCE",
                enum_type=DocumentJobKind,
                max_length=16,
            ),
        ),
        ops.RunSQL(forward, backward),
    ]
