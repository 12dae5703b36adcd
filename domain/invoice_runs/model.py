"""Invoice runs and the invoices that they are made of as rows."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.accounts.model import Account


class InvoiceRunStatus(StrEnum):
    """The furthest step that the invoices of a run have reached; what is held or pending holds nothing up."""

    ON_HOLD = "ON_HOLD"
    IN_PROCESS = "IN_PROCESS"
    COMPOSED = "COMPOSED"
    PRINTED = "PRINTED"
    POSTED = "POSTED"


class InvoiceRun(Model):
    """A selection of lines, and the work on the invoices that are composed of them.

    An empty list of customers, members or sources selects all. `invoice_on_until` is the last day on which a selected
    line is to be invoiced. `operation_id` is the operation that works on the run, or did last. One that is deleted has
    issued nothing; its row and its events stay.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField(unique=True)
    status = fields.CharEnumField(InvoiceRunStatus, max_length=16, default=InvoiceRunStatus.ON_HOLD)
    version = fields.IntField(default=1)
    customer_ids: list[UUID] = ArrayField(element_type="uuid", default=list)
    member_ids: list[UUID] = ArrayField(element_type="uuid", default=list)
    sources: list[str] = ArrayField(element_type="text", default=list)
    invoice_on_until: date = fields.DateField()
    operation_id = fields.UUIDField(null=True)
    created_by_id: UUID | None
    created_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="invoice_runs", null=True, on_delete=fields.RESTRICT
    )
    composed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invoice_runs"


class InvoiceRunInvoice(Model):
    """An invoice of a run, by the identifier that it has or will have, and the lines it is composed of.

    The identifier is chosen before the invoice is composed, so that a repetition cannot compose it twice.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    run_id: UUID
    run: fields.ForeignKeyRelation[InvoiceRun] = fields.ForeignKeyField(
        "domain.InvoiceRun", related_name="invoices", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    line_ids: list[UUID] = ArrayField(element_type="uuid")

    class Meta:
        table = "invoice_run_invoices"
        unique_together = (("run", "position"),)
