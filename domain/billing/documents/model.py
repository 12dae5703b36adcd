"""Jobs, stored files and checks of invoices as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.billing.documents.files import DocumentKind
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.billing.model import Invoice
    from domain.deliveries.model import Delivery


class DocumentJobKind(StrEnum):
    """What is to be done: judge a draft by the official rules, render an issued invoice or an acceptance's record."""

    CHECK = "CHECK"
    RENDERING = "RENDERING"
    ACCEPTANCE = "ACCEPTANCE"


class DocumentJobState(StrEnum):
    """The outcome of a job; FAILED waits for finance."""

    PENDING = "PENDING"
    DONE = "DONE"
    FAILED = "FAILED"


class DocumentJob(Model):
    """Work on the documents of an invoice or of an accepted delivery, requested in the transaction that wants it.

    `generation` counts the requests, so that work on an earlier one never ends a later one.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    invoice_id: UUID | None
    invoice: fields.ForeignKeyNullableRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="document_jobs", null=True, on_delete=fields.RESTRICT
    )
    delivery_id: UUID | None
    delivery: fields.ForeignKeyNullableRelation["Delivery"] = fields.ForeignKeyField(
        "domain.Delivery", related_name="document_jobs", null=True, on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(DocumentJobKind, max_length=16)
    state = fields.CharEnumField(
        DocumentJobState, max_length=16, default=DocumentJobState.PENDING, db_default="PENDING"
    )
    generation = fields.IntField(default=1, db_default=1)
    attempts = fields.IntField(default=0, db_default=0)
    next_attempt_at = fields.DatetimeField()
    last_error = fields.TextField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "document_jobs"
        unique_together = (("invoice", "kind"),)


class InvoiceDocument(Model):
    """A file of an issued invoice in the object storage; rows are final, and files are never written again."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invoice_id: UUID
    invoice: fields.ForeignKeyRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="documents", on_delete=fields.RESTRICT
    )
    kind = fields.CharEnumField(DocumentKind, max_length=16)
    key = fields.CharField(max_length=200, unique=True)
    sha256 = fields.CharField(max_length=64)
    size = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoice_documents"
        unique_together = (("invoice", "kind"),)


class InvoiceCheck(Model):
    """The judgement of the official rules on a draft, and the fingerprint of the contents that were judged."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invoice_id: UUID
    invoice: fields.OneToOneRelation["Invoice"] = fields.OneToOneField(
        "domain.Invoice", related_name="check_result", on_delete=fields.RESTRICT
    )
    fingerprint = fields.CharField(max_length=32)
    findings: list[dict[str, object]] = fields.JSONField(default=list)
    checked_at = fields.DatetimeField()

    class Meta:
        table = "invoice_checks"
