"""Orders, their billing plans, offers, comments with files, evidence and assignments as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory
from domain.operator.model import CustomerAccess

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.order_templates.model import OrderTemplate
    from domain.parties.model import Contact, Customer, Member
    from domain.pipelines.model import Stage
    from domain.uploads.model import File


class OrderStatus(StrEnum):
    """The state of an order; late, overdue and paid are derived and never stored."""

    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    AWAITING_CUSTOMER = "AWAITING_CUSTOMER"
    ACTIVE = "ACTIVE"
    CANCELLATION_REVIEW = "CANCELLATION_REVIEW"
    CANCELED = "CANCELED"
    REJECTED = "REJECTED"
    COMPLETED = "COMPLETED"


class RejectionCause(StrEnum):
    """The cause of an order's rejection."""

    OPERATOR = "OPERATOR"
    CUSTOMER = "CUSTOMER"
    OFFER_EXPIRED = "OFFER_EXPIRED"


class CompletionRule(StrEnum):
    """The rule that decides when an active order is complete."""

    FULLY_INVOICED = "FULLY_INVOICED"
    ON_ACCEPTANCE = "ON_ACCEPTANCE"


class ReviewUnit(StrEnum):
    """The unit of a review's length: days at the same wall-clock time, or working days."""

    DAYS = "DAYS"
    WORKING_DAYS = "WORKING_DAYS"


class ReviewStart(StrEnum):
    """The start of a review's deadline."""

    DELIVERY = "DELIVERY"
    LATER_OF_DELIVERY_AND_DUE = "LATER_OF_DELIVERY_AND_DUE"


class CommentVisibility(StrEnum):
    """The readers of a comment: the operator's employees, the member too, or everyone involved."""

    INTERNAL = "INTERNAL"
    MEMBER = "MEMBER"
    CUSTOMER = "CUSTOMER"


class Order(Model):
    """One order. Sums are stored in cents and rewritten with the billing plan.

    `created_by_id` is the account that made it. `offer_revision` counts how often it was submitted and never goes back.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.CharField(max_length=40, unique=True)
    status = fields.CharEnumField(OrderStatus, max_length=24, default=OrderStatus.DRAFT)
    version = fields.IntField(default=1)

    member_id: UUID
    member: fields.ForeignKeyRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="orders", on_delete=fields.RESTRICT
    )
    customer_id: UUID | None
    customer: fields.ForeignKeyNullableRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="orders", null=True, on_delete=fields.RESTRICT
    )
    contact_id: UUID | None
    contact: fields.ForeignKeyNullableRelation["Contact"] = fields.ForeignKeyField(
        "domain.Contact", related_name="orders", null=True, on_delete=fields.RESTRICT
    )
    duplicated_from_id: UUID | None
    duplicated_from: fields.ForeignKeyNullableRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="duplicates", null=True, on_delete=fields.RESTRICT
    )
    order_template_id: UUID | None
    order_template: fields.ForeignKeyNullableRelation["OrderTemplate"] = fields.ForeignKeyField(
        "domain.OrderTemplate", related_name="orders", null=True, on_delete=fields.RESTRICT
    )
    stage_id: UUID | None
    stage: fields.ForeignKeyNullableRelation["Stage"] = fields.ForeignKeyField(
        "domain.Stage", related_name="orders", null=True, on_delete=fields.RESTRICT
    )
    stage_entered_at = fields.DatetimeField(null=True)
    created_by_id = fields.UUIDField(null=True)

    project = fields.CharField(max_length=200, default="")
    description = fields.TextField(default="")
    currency = fields.CharField(max_length=3, default="EUR")
    service_from = fields.DateField(null=True)
    service_to = fields.DateField(null=True)
    offer_valid_until = fields.DateField(null=True)
    skip_confirmation = fields.BooleanField(default=False)
    delivery_due_at = fields.DatetimeField(null=True)
    due_proposed_on = fields.DateField(null=True)
    due_proposed_at = fields.DatetimeField(null=True)
    due_proposal_reason = fields.TextField(null=True)
    completion_rule = fields.CharEnumField(CompletionRule, max_length=24, default=CompletionRule.FULLY_INVOICED)
    required_deliveries = fields.IntField(default=0)
    review_length = fields.IntField(default=3)
    review_unit = fields.CharEnumField(ReviewUnit, max_length=16, default=ReviewUnit.DAYS)
    review_start = fields.CharEnumField(ReviewStart, max_length=32, default=ReviewStart.DELIVERY)
    review_extensions = fields.IntField(null=True)
    review_extension_days = fields.IntField(null=True)
    customer_access = fields.CharEnumField(CustomerAccess, max_length=16, null=True)
    internal_notes = fields.TextField(default="")
    tags: list[str] = ArrayField(element_type="text", default=list)

    fee_percent = fields.DecimalField(max_digits=5, decimal_places=2, null=True)
    net_cents = fields.BigIntField(default=0)
    vat_cents = fields.BigIntField(default=0)
    budget_inflow_cents = fields.BigIntField(default=0)

    offer_revision = fields.IntField(default=0)
    submitted_at = fields.DatetimeField(null=True)
    offered_at = fields.DatetimeField(null=True)
    activated_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    confirmed_by = fields.CharField(max_length=200, null=True)
    confirmed_revision = fields.IntField(null=True)
    rejected_at = fields.DatetimeField(null=True)
    rejection_cause = fields.CharEnumField(RejectionCause, max_length=16, null=True)
    rejection_reason = fields.TextField(null=True)
    cancellation_requested_at = fields.DatetimeField(null=True)
    cancellation_reason = fields.TextField(null=True)
    delivery_due_left_seconds = fields.BigIntField(null=True)
    canceled_at = fields.DatetimeField(null=True)
    completed_at = fields.DatetimeField(null=True)
    archived_at = fields.DatetimeField(null=True)
    deleted_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "orders"
        indexes = (
            ("member_id", "created_at", "id"),
            ("customer_id", "created_at", "id"),
            ("status", "created_at", "id"),
            ("created_at", "id"),
        )


class PlannedInvoice(Model):
    """One entry of an order's billing plan; `invoice_on` is empty until acceptance where the rule says so."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="planned_invoices", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    invoice_on = fields.DateField(null=True)
    # A service period of its own; without one it has that of the order.
    service_from = fields.DateField(null=True)
    service_to = fields.DateField(null=True)
    text = fields.CharField(max_length=500)
    quantity = fields.DecimalField(max_digits=13, decimal_places=4)
    unit_price_cents = fields.DecimalField(max_digits=15, decimal_places=2)
    vat_category = fields.CharEnumField(VatCategory, max_length=24)
    vat_rate = fields.DecimalField(max_digits=6, decimal_places=3)
    net_cents = fields.BigIntField()
    vat_cents = fields.BigIntField()

    class Meta:
        table = "planned_invoices"
        indexes = (("order_id", "position"),)


class OfferRevision(Model):
    """The offer word for word, as the customer may confirm it; proof of the agreement."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="offers", on_delete=fields.RESTRICT
    )
    revision = fields.IntField()
    content: dict[str, object] = fields.JSONField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "offer_revisions"
        unique_together = (("order", "revision"),)


class Assignment(Model):
    """The assignment of an employee to an order."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="assignments", on_delete=fields.CASCADE
    )
    account_id: UUID
    account: fields.ForeignKeyRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="assignments", on_delete=fields.CASCADE
    )

    class Meta:
        table = "assignments"
        unique_together = (("order", "account"),)


class Evidence(Model):
    """Proof that a customer agreed outside the platform: a title, and a link or a file."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="evidence", on_delete=fields.RESTRICT
    )
    title = fields.CharField(max_length=200)
    link = fields.CharField(max_length=2000, null=True)
    file_id: UUID | None
    file: fields.ForeignKeyNullableRelation["File"] = fields.ForeignKeyField(
        "domain.File", related_name="evidence", null=True, on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "evidence"
        indexes = (("order_id", "id"),)


class Comment(Model):
    """A comment on an order, for the readers that its author chose."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="comments", on_delete=fields.RESTRICT
    )
    visibility = fields.CharEnumField(CommentVisibility, max_length=16)
    author_role = fields.CharField(max_length=16)
    author_name = fields.CharField(max_length=200)
    text = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "comments"
        indexes = (("order_id", "id"),)


class CommentFile(Model):
    """A file of a comment, which its readers may have. Rows are final."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    comment_id: UUID
    comment: fields.ForeignKeyRelation["Comment"] = fields.ForeignKeyField(
        "domain.Comment", related_name="files", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    file_id: UUID
    file: fields.ForeignKeyRelation["File"] = fields.ForeignKeyField(
        "domain.File", related_name="comments", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "comment_files"
        unique_together = (("comment", "file"),)
        indexes = (("file_id",),)
