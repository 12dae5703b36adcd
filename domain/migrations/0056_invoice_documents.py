"""Documents of invoices: jobs, stored files whose rows are final, and checks by the official rules."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields import OnDelete
from tortoise.migrations import operations as ops

from domain.billing.documents import requests
from domain.billing.documents.model import DocumentJobKind, DocumentJobState
from domain.billing.documents.files import DocumentKind
from domain.billing.immutability import no_truncate_trigger
from domain.database import ddl
from domain.kernel.ids import new_id

WAITING_JOBS = ddl.index("document_jobs_waiting", "document_jobs (next_attempt_at, id) WHERE state = 'PENDING'")
FAILED_JOBS = ddl.index("document_jobs_failed", "document_jobs (id) WHERE state = 'FAILED'")
WHOLE_HASH = ddl.check("invoice_documents", "invoice_documents_whole_hash", "sha256 ~ '^[0-9a-f]{64}$' AND size > 0")
forward, backward = ddl.run(
    WAITING_JOBS,
    FAILED_JOBS,
    WHOLE_HASH,
    ddl.insert_only("invoice_documents"),
    no_truncate_trigger("invoice_documents"),
    *requests.STATEMENTS,
)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _invoice(related_name: str, field: Any = fields.ForeignKeyField, **options: Any) -> Any:
    return field(
        "domain.Invoice",
        source_field="invoice_id",
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
        **options,
    )


class Migration(migrations.Migration):
    """Three tables, the fingerprint of a draft, and the triggers that request checks."""

    dependencies = [("domain", "0055_electronic_invoices")]
    operations = [
        ops.CreateModel(
            name="DocumentJob",
            fields=[
                ("id", _id()),
                ("invoice", _invoice("document_jobs")),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CHECK: CHECK\nRENDERING: RENDERING", enum_type=DocumentJobKind, max_length=16
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=DocumentJobState.PENDING,
                        db_default="PENDING",
                        description="PENDING: PENDING\nDONE: DONE\nFAILED: FAILED",
                        enum_type=DocumentJobState,
                        max_length=16,
                    ),
                ),
                ("generation", fields.IntField(default=1, db_default=1)),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("next_attempt_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_error", fields.TextField(null=True, unique=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "document_jobs",
                "app": "domain",
                "unique_together": (("invoice", "kind"),),
                "pk_attr": "id",
                "table_description": "Work on the documents of an invoice, requested in the transaction that makes it "
                "necessary.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InvoiceDocument",
            fields=[
                ("id", _id()),
                ("invoice", _invoice("documents")),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PDF: PDF\nXRECHNUNG: XRECHNUNG", enum_type=DocumentKind, max_length=16
                    ),
                ),
                ("key", fields.CharField(unique=True, max_length=200)),
                ("sha256", fields.CharField(max_length=64)),
                ("size", fields.IntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice_documents",
                "app": "domain",
                "unique_together": (("invoice", "kind"),),
                "pk_attr": "id",
                "table_description": "A file of an issued invoice in the object storage; rows are final, and files "
                "are never written again.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InvoiceCheck",
            fields=[
                ("id", _id()),
                ("invoice", _invoice("check_result", fields.OneToOneField)),
                ("fingerprint", fields.CharField(max_length=32)),
                ("findings", fields.JSONField(default=list)),
                ("checked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoice_checks",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "The judgement of the official rules on a draft, and the fingerprint of the "
                "contents that were judged.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
