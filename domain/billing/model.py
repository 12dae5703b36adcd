"""Billable lines, invoices with their items, and allocated numbers as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.deliveries.model import Delivery
    from domain.orders.model import Order, PlannedInvoice
    from domain.parties.model import Customer, Member


class LineStatus(StrEnum):
    """Whether a line may be composed into an invoice."""

    ON_HOLD = "ON_HOLD"
    CONFIRMED = "CONFIRMED"
    CANCELED = "CANCELED"


class LineSource(StrEnum):
    """The origin of a line."""

    PLANNED_INVOICE = "PLANNED_INVOICE"
    DELIVERY = "DELIVERY"
    MANUAL = "MANUAL"
    REBILLING = "REBILLING"
    PROPOSAL = "PROPOSAL"


class InvoiceStatus(StrEnum):
    """The state of an invoice; printed means issued."""

    ON_HOLD = "ON_HOLD"
    READY_TO_SUBMIT = "READY_TO_SUBMIT"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    READY_TO_PRINT = "READY_TO_PRINT"
    PRINTED = "PRINTED"
    POSTED = "POSTED"
    CANCELED = "CANCELED"


class InvoiceKind(StrEnum):
    """An invoice, or the document that cancels one."""

    INVOICE = "INVOICE"
    CANCELLATION = "CANCELLATION"


class HoldCause(StrEnum):
    """A cause for which an invoice is on hold; it moves on when no cause is left."""

    FINANCE = "FINANCE"
    MEMBER = "MEMBER"
    CANCELLATION = "CANCELLATION"
    APPROVAL_REFUSED = "APPROVAL_REFUSED"


class BillableLine(Model):
    """An amount to be invoiced, from a planned invoice, a delivery or entered by hand.

    `entered_by` is the account that entered it or amended it last; none for what the review of an order approved.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    status = fields.CharEnumField(LineStatus, max_length=16)
    version = fields.IntField(default=1)
    source = fields.CharEnumField(LineSource, max_length=24)
    order_id: UUID | None
    order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="lines", null=True, on_delete=fields.RESTRICT
    )
    delivery_id: UUID | None
    delivery: fields.ForeignKeyNullableRelation["Delivery"] = fields.ForeignKeyField(
        "domain.Delivery", related_name="lines", null=True, on_delete=fields.RESTRICT
    )
    planned_invoice_id: UUID | None
    planned_invoice: fields.OneToOneNullableRelation["PlannedInvoice"] = fields.OneToOneField(
        "domain.PlannedInvoice", related_name="line", null=True, on_delete=fields.RESTRICT
    )
    member_id: UUID
    member: fields.ForeignKeyRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="lines", on_delete=fields.RESTRICT
    )
    customer_id: UUID
    customer: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="lines", on_delete=fields.RESTRICT
    )
    invoice_id: UUID | None
    invoice: fields.ForeignKeyNullableRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="lines", null=True, on_delete=fields.RESTRICT
    )
    currency = fields.CharField(max_length=3, default="EUR")
    payment_days = fields.IntField(default=14)
    invoice_on = fields.DateField(null=True)
    service_from = fields.DateField(null=True)
    service_to = fields.DateField(null=True)
    text = fields.CharField(max_length=500)
    quantity = fields.DecimalField(max_digits=13, decimal_places=4)
    unit_price_cents = fields.DecimalField(max_digits=15, decimal_places=2)
    vat_category = fields.CharEnumField(VatCategory, max_length=24)
    vat_rate = fields.DecimalField(max_digits=6, decimal_places=3)
    net_cents = fields.BigIntField()
    composed_by_finance_only = fields.BooleanField(default=False)
    entered_by_id: UUID | None
    entered_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="entered_lines", null=True, on_delete=fields.RESTRICT
    )
    consumed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "billable_lines"
        indexes = (("order_id",), ("invoice_id",), ("status", "created_at", "id"))


class Invoice(Model):
    """An invoice or a cancellation invoice. From PRINTED on the database itself refuses changes to its contents.

    `order` is set while all its lines belong to one order. `invoice_on` is the planned date, or the date of the
    document itself once finance has chosen it (`is_redated`). `exchange_rate` is what one euro is in its currency.
    `before_hold` keeps the contents from the moment at which the invoice was put on hold, so that changes can be shown.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharEnumField(InvoiceKind, max_length=16, default=InvoiceKind.INVOICE)
    status = fields.CharEnumField(InvoiceStatus, max_length=24)
    version = fields.IntField(default=1)
    provisional_number = fields.CharField(max_length=40, unique=True)
    number = fields.CharField(max_length=40, null=True, unique=True)
    member_id: UUID
    member: fields.ForeignKeyRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="invoices", on_delete=fields.RESTRICT
    )
    customer_id: UUID
    customer: fields.ForeignKeyRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="invoices", on_delete=fields.RESTRICT
    )
    order_id: UUID | None
    order: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="invoices", null=True, on_delete=fields.RESTRICT
    )
    reverses_id: UUID | None
    reverses: fields.ForeignKeyNullableRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="reversals", null=True, on_delete=fields.RESTRICT
    )
    currency = fields.CharField(max_length=3, default="EUR")
    payment_days = fields.IntField(default=14)
    invoice_on = fields.DateField()
    exchange_rate = fields.DecimalField(max_digits=12, decimal_places=6, null=True)
    is_redated = fields.BooleanField(default=False, db_default=False)
    issued_on = fields.DateField(null=True)
    due_on = fields.DateField(null=True)
    hold_causes: list[str] = ArrayField(element_type="text", default=list)
    hold_comment = fields.TextField(null=True)
    before_hold: dict[str, object] | None = fields.JSONField(null=True)
    is_undone = fields.BooleanField(default=False)
    net_cents = fields.BigIntField(default=0)
    vat_cents = fields.BigIntField(default=0)
    snapshot: dict[str, object] | None = fields.JSONField(null=True)
    submitted_by_id: UUID | None
    submitted_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="submitted_invoices", null=True, on_delete=fields.RESTRICT
    )
    submitted_at = fields.DatetimeField(null=True)
    approved_by_id: UUID | None
    approved_by: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="approved_invoices", null=True, on_delete=fields.RESTRICT
    )
    ready_at = fields.DatetimeField(null=True)
    composed_at = fields.DatetimeField(null=True)
    printed_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)
    sent_reason = fields.TextField(null=True)
    posted_at = fields.DatetimeField(null=True)
    canceled_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "invoices"
        indexes = (
            ("member_id", "created_at", "id"),
            ("customer_id", "created_at", "id"),
            ("status", "created_at", "id"),
            ("order_id", "id"),
            ("reverses_id",),
        )


class InvoiceItem(Model):
    """One line as the invoice shows it; frozen when the invoice is printed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invoice_id: UUID
    invoice: fields.ForeignKeyRelation["Invoice"] = fields.ForeignKeyField(
        "domain.Invoice", related_name="items", on_delete=fields.RESTRICT
    )
    line_id: UUID | None
    line: fields.ForeignKeyNullableRelation["BillableLine"] = fields.ForeignKeyField(
        "domain.BillableLine", related_name="items", null=True, on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    text = fields.CharField(max_length=500)
    service_from = fields.DateField(null=True)
    service_to = fields.DateField(null=True)
    quantity = fields.DecimalField(max_digits=13, decimal_places=4)
    unit_price_cents = fields.DecimalField(max_digits=15, decimal_places=2)
    vat_category = fields.CharEnumField(VatCategory, max_length=24)
    vat_rate = fields.DecimalField(max_digits=6, decimal_places=3)
    net_cents = fields.BigIntField()

    class Meta:
        table = "invoice_items"
        indexes = (("invoice_id", "position"), ("line_id",))


class ArchivedInvoice(Model):
    """An invoice that the operator has archived after its retention; the issued row itself never changes."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invoice_id: UUID
    invoice: fields.OneToOneRelation["Invoice"] = fields.OneToOneField(
        "domain.Invoice", related_name="archive_entry", on_delete=fields.RESTRICT
    )
    archived_at = fields.DatetimeField()

    class Meta:
        table = "archived_invoices"


class NumberSeries(Model):
    """The last allocated number of a series; transactions that print wait for the lock of this row."""

    key = fields.CharField(primary_key=True, max_length=40)
    last_sequence = fields.IntField(default=0)

    class Meta:
        table = "number_series"


class DocumentNumber(Model):
    """The register of numbers: the document of each number, and when it was allocated."""

    number = fields.CharField(primary_key=True, max_length=40)
    series = fields.CharField(max_length=40)
    sequence = fields.IntField()
    invoice_id: UUID
    invoice: fields.OneToOneRelation["Invoice"] = fields.OneToOneField(
        "domain.Invoice", related_name="register_entry", on_delete=fields.RESTRICT
    )
    allocated_at = fields.DatetimeField()

    class Meta:
        table = "document_numbers"
        unique_together = (("series", "sequence"),)
