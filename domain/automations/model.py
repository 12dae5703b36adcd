"""Automations, their runs, and their rehearsals over the past as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.client_status.model import Visibility
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.order_templates.model import OrderTemplate
    from domain.orders.model import Order
    from domain.parties.model import Customer, Member
    from domain.pipelines.model import Pipeline, Stage
    from domain.status_templates.model import StatusTemplate


class AutomationState(StrEnum):
    """Whether an automation runs."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    RETIRED = "RETIRED"


class AutomationAction(StrEnum):
    """The action of an automation."""

    SET_TEMPLATE = "SET_TEMPLATE"
    SHOW = "SHOW"
    HIDE = "HIDE"
    SET_EXPECTED = "SET_EXPECTED"
    ENTER_STAGE = "ENTER_STAGE"


class ExpectedRule(StrEnum):
    """The day on which the client may expect the result."""

    DAYS_AFTER = "DAYS_AFTER"
    DELIVERY_DUE = "DELIVERY_DUE"
    CLEARED = "CLEARED"


class RunOutcome(StrEnum):
    """The outcome of an automation at one event for one order."""

    APPLIED = "APPLIED"
    UNCHANGED = "UNCHANGED"
    KEPT_BY_HAND = "KEPT_BY_HAND"
    DESELECTED = "DESELECTED"
    LOOP = "LOOP"
    FAILED = "FAILED"
    DISMISSED = "DISMISSED"


class Automation(Model):
    """When `trigger` happens (to `stage`, for a stage entry) and every given condition holds, the action is run.

    Automations run in the order of their positions, ties by id.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(AutomationState, max_length=8, default=AutomationState.ACTIVE)
    position = fields.IntField()
    name = fields.CharField(max_length=100)
    trigger = fields.CharField(max_length=64)
    stage_id: UUID | None
    stage: fields.ForeignKeyNullableRelation["Stage"] = fields.ForeignKeyField(
        "domain.Stage", related_name="automations", null=True, on_delete=fields.RESTRICT
    )

    tags: list[str] = ArrayField(element_type="text", default=list)
    customer_id: UUID | None
    customer: fields.ForeignKeyNullableRelation["Customer"] = fields.ForeignKeyField(
        "domain.Customer", related_name="automations", null=True, on_delete=fields.RESTRICT
    )
    member_id: UUID | None
    member: fields.ForeignKeyNullableRelation["Member"] = fields.ForeignKeyField(
        "domain.Member", related_name="automations", null=True, on_delete=fields.RESTRICT
    )
    pipeline_id: UUID | None
    pipeline: fields.ForeignKeyNullableRelation["Pipeline"] = fields.ForeignKeyField(
        "domain.Pipeline", related_name="automations", null=True, on_delete=fields.RESTRICT
    )
    order_template_id: UUID | None
    order_template: fields.ForeignKeyNullableRelation["OrderTemplate"] = fields.ForeignKeyField(
        "domain.OrderTemplate", related_name="automations", null=True, on_delete=fields.RESTRICT
    )
    from_template_id: UUID | None
    from_template: fields.ForeignKeyNullableRelation["StatusTemplate"] = fields.ForeignKeyField(
        "domain.StatusTemplate", related_name="automations_from", null=True, on_delete=fields.RESTRICT
    )

    action = fields.CharEnumField(AutomationAction, max_length=16)
    template_id: UUID | None
    template: fields.ForeignKeyNullableRelation["StatusTemplate"] = fields.ForeignKeyField(
        "domain.StatusTemplate", related_name="automations", null=True, on_delete=fields.RESTRICT
    )
    visibility = fields.CharEnumField(Visibility, max_length=8, null=True)
    expected_rule = fields.CharEnumField(ExpectedRule, max_length=16, null=True)
    expected_in_days = fields.IntField(null=True)
    target_stage_id: UUID | None
    target_stage: fields.ForeignKeyNullableRelation["Stage"] = fields.ForeignKeyField(
        "domain.Stage", related_name="automations_to", null=True, on_delete=fields.RESTRICT
    )
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "automations"
        indexes = (("trigger", "position", "id"),)


class AutomationRun(Model):
    """The result of one automation at one event for one order; there is never a second one.

    `reasons` are refusals in the form of `kernel/stored_refusals`; `error` is the text of an unexpected exception.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    automation_id: UUID
    automation: fields.ForeignKeyRelation["Automation"] = fields.ForeignKeyField(
        "domain.Automation", related_name="runs", db_constraint=False
    )
    event_id = fields.UUIDField()
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="automation_runs", db_constraint=False
    )
    outcome = fields.CharEnumField(RunOutcome, max_length=16)
    reasons: list[dict[str, object]] = fields.JSONField(default=list)
    error = fields.TextField(null=True)
    at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "automation_runs"
        unique_together = (("automation", "event_id", "order"),)
        indexes = (("order_id", "id"),)


class Rehearsal(Model):
    """The result an automation would have had at one past event: the status as it was, and as it would have become."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    automation_id: UUID
    automation: fields.ForeignKeyRelation["Automation"] = fields.ForeignKeyField(
        "domain.Automation", related_name="rehearsals", on_delete=fields.CASCADE
    )
    event_id = fields.UUIDField()
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="rehearsals", on_delete=fields.CASCADE
    )
    at = fields.DatetimeField()
    was_visibility = fields.CharEnumField(Visibility, max_length=8)
    was_label_de = fields.TextField()
    was_label_en = fields.TextField()
    was_expected_on = fields.DateField(null=True)
    would_be_visibility = fields.CharEnumField(Visibility, max_length=8)
    would_be_label_de = fields.TextField()
    would_be_label_en = fields.TextField()
    would_be_expected_on = fields.DateField(null=True)

    class Meta:
        table = "rehearsals"
        indexes = (("automation_id", "at", "id"),)
