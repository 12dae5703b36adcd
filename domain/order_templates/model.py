"""Order templates and their planned invoices as rows."""

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.client_status.model import Visibility
from domain.kernel.availability import Availability
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory
from domain.operator.model import CustomerAccess
from domain.orders.model import CompletionRule, ReviewStart, ReviewUnit
from domain.orders.repetition import Repetition

if TYPE_CHECKING:
    from domain.pipelines.model import Stage
    from domain.status_templates.model import StatusTemplate


class OrderTemplate(Model):
    """The initial facts of an order. Lengths in days count from the day the work starts."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(Availability, max_length=8, default=Availability.ACTIVE)
    position = fields.IntField()
    name = fields.CharField(max_length=100)
    project = fields.CharField(max_length=200, default="")
    description = fields.TextField(default="")
    internal_notes = fields.TextField(default="")
    tags: list[str] = ArrayField(element_type="text", default=list)
    offer_days = fields.IntField(null=True)
    service_days = fields.IntField(null=True)
    delivery_days = fields.IntField(null=True)
    completion_rule = fields.CharEnumField(CompletionRule, max_length=24, default=CompletionRule.FULLY_INVOICED)
    required_deliveries = fields.IntField(default=0)
    review_length = fields.IntField(default=3)
    review_unit = fields.CharEnumField(ReviewUnit, max_length=16, default=ReviewUnit.DAYS)
    review_start = fields.CharEnumField(ReviewStart, max_length=32, default=ReviewStart.DELIVERY)
    review_extensions = fields.IntField(null=True)
    review_extension_days = fields.IntField(null=True)
    customer_access = fields.CharEnumField(CustomerAccess, max_length=16, null=True)
    stage_id: UUID | None
    stage: fields.ForeignKeyNullableRelation["Stage"] = fields.ForeignKeyField(
        "domain.Stage", related_name="order_templates", null=True, on_delete=fields.RESTRICT
    )
    status_template_id: UUID | None
    status_template: fields.ForeignKeyNullableRelation["StatusTemplate"] = fields.ForeignKeyField(
        "domain.StatusTemplate", related_name="order_templates", null=True, on_delete=fields.RESTRICT
    )
    status_visibility = fields.CharEnumField(Visibility, max_length=8, default=Visibility.HIDDEN)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_templates"


class TemplateInvoice(Model):
    """One planned invoice of a template; dated so many days after the start, or at acceptance when empty."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_template_id: UUID
    order_template: fields.ForeignKeyRelation["OrderTemplate"] = fields.ForeignKeyField(
        "domain.OrderTemplate", related_name="invoices", on_delete=fields.CASCADE
    )
    position = fields.IntField()
    invoice_days = fields.IntField(null=True)
    text = fields.CharField(max_length=500)
    quantity = fields.DecimalField(max_digits=13, decimal_places=4)
    unit_price_cents = fields.DecimalField(max_digits=15, decimal_places=2)
    vat_category = fields.CharEnumField(VatCategory, max_length=24)
    repeats = fields.CharEnumField(Repetition, max_length=16, null=True)
    repeat_months = fields.IntField(null=True)
    repeat_count = fields.IntField(null=True)

    class Meta:
        table = "template_invoices"
        indexes = (("order_template_id", "position"),)
