"""Client statuses, their history, pending changes and rules as rows."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification

if TYPE_CHECKING:
    from domain.accounts.model import Account
    from domain.automations.model import Automation
    from domain.orders.model import Order
    from domain.status_templates.model import StatusTemplate


class Visibility(StrEnum):
    """Whether the client sees the status."""

    HIDDEN = "HIDDEN"
    SHOWN = "SHOWN"


class StatusOrigin(StrEnum):
    """The origin of a change of a client status."""

    MANUAL = "MANUAL"
    BULK = "BULK"
    AUTOMATION = "AUTOMATION"
    TEMPLATE = "TEMPLATE"


class KeptUntil(StrEnum):
    """The hold of a text written by hand over automations."""

    NEXT_MOVE = "NEXT_MOVE"
    DATE = "DATE"
    CLEARED = "CLEARED"


class ClientStatus(Model):
    """One row per order; hidden until it is shown. Its version is its own, not the order's.

    It holds what the client reads now; a change that waits out a quiet period is a `PendingStatus`. Texts written by
    hand are the same in both languages. `template_edition` is the edition of the template the texts were copied from.
    `stale_told_for` is the `changed_at` of the change that staff were notified of as stale, `stale_told_at` the time of
    that. `kind` is what it claims about the work, `contradiction_told` the kind and the phase that it did not fit
    when staff were told.
    """

    id = fields.UUIDField(primary_key=True)
    order_id: UUID
    order: fields.OneToOneRelation["Order"] = fields.OneToOneField(
        "domain.Order", related_name="client_status", on_delete=fields.CASCADE
    )
    customer_id = fields.UUIDField(null=True)
    visibility = fields.CharEnumField(Visibility, max_length=8, default=Visibility.HIDDEN)
    version = fields.IntField(default=1)
    name = fields.CharField(max_length=200, default="")
    label_de = fields.TextField(default="", db_default="")
    label_en = fields.TextField(default="", db_default="")
    description_de = fields.TextField(default="", db_default="")
    description_en = fields.TextField(default="", db_default="")
    color = fields.CharField(max_length=7, default="#64748b")
    kind = fields.CharEnumField(StatusKind, max_length=12, null=True)
    expected_on = fields.DateField(null=True)
    template_id: UUID | None
    template: fields.ForeignKeyNullableRelation["StatusTemplate"] = fields.ForeignKeyField(
        "domain.StatusTemplate", related_name="client_statuses", null=True, db_constraint=False
    )
    template_edition = fields.IntField(null=True)
    edited_by_hand = fields.BooleanField(default=False, db_default=False)
    kept_until = fields.CharEnumField(KeptUntil, max_length=16, null=True)
    kept_until_on = fields.DateField(null=True)
    origin = fields.CharEnumField(StatusOrigin, max_length=16, default=StatusOrigin.MANUAL)
    automation_id: UUID | None
    automation: fields.ForeignKeyNullableRelation["Automation"] = fields.ForeignKeyField(
        "domain.Automation", related_name="client_statuses", null=True, db_constraint=False
    )
    notification = fields.CharEnumField(Notification, max_length=16, null=True)
    changed_at = fields.DatetimeField(null=True)
    shown_since = fields.DatetimeField(null=True)
    stale_told_for = fields.DatetimeField(null=True)
    stale_told_at = fields.DatetimeField(null=True)
    contradiction_told = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "client_statuses"


class ClientStatusChange(Model):
    """One dated entry of the history: the status from then on, and the account or automation that set it.

    `event` is the move that wrote it; `seen` is true when it was visible to the customer `customer_id`.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    order_id: UUID
    order: fields.ForeignKeyRelation["Order"] = fields.ForeignKeyField(
        "domain.Order", related_name="client_status_changes", db_constraint=False
    )
    event = fields.CharField(max_length=64, default="clientStatus.show", db_default="clientStatus.show")
    visibility = fields.CharEnumField(Visibility, max_length=8)
    seen = fields.BooleanField(default=False, db_default=False)
    customer_id = fields.UUIDField(null=True)
    name = fields.CharField(max_length=200)
    label_de = fields.TextField(default="", db_default="")
    label_en = fields.TextField(default="", db_default="")
    description_de = fields.TextField(default="", db_default="")
    description_en = fields.TextField(default="", db_default="")
    color = fields.CharField(max_length=7)
    expected_on = fields.DateField(null=True)
    template_id = fields.UUIDField(null=True)
    automation_id = fields.UUIDField(null=True)
    bulk_operation_id = fields.UUIDField(null=True)
    origin = fields.CharEnumField(StatusOrigin, max_length=16)
    account_id: UUID | None
    account: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "domain.Account", related_name="client_status_changes", null=True, db_constraint=False
    )
    actor_name = fields.CharField(max_length=200)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "client_status_changes"
        indexes = (("order_id", "id"),)


class PendingStatus(Model):
    """A change that waits out its quiet period; the client still reads the status from before.

    The id is the order's: a newer change replaces the pending one. `event` names the move and its message. `attempts`
    counts failed publications.
    """

    id = fields.UUIDField(primary_key=True)
    event = fields.CharField(max_length=64)
    visibility = fields.CharEnumField(Visibility, max_length=8)
    name = fields.CharField(max_length=200)
    label_de = fields.TextField()
    label_en = fields.TextField()
    description_de = fields.TextField()
    description_en = fields.TextField()
    color = fields.CharField(max_length=7)
    kind = fields.CharEnumField(StatusKind, max_length=12, null=True)
    expected_on = fields.DateField(null=True)
    template_id = fields.UUIDField(null=True)
    template_edition = fields.IntField(null=True)
    edited_by_hand = fields.BooleanField()
    kept_until = fields.CharEnumField(KeptUntil, max_length=16, null=True)
    kept_until_on = fields.DateField(null=True)
    origin = fields.CharEnumField(StatusOrigin, max_length=16)
    automation_id = fields.UUIDField(null=True)
    bulk_operation_id = fields.UUIDField(null=True)
    account_id = fields.UUIDField(null=True)
    actor_name = fields.CharField(max_length=200)
    notification = fields.CharEnumField(Notification, max_length=16)
    created_at = fields.DatetimeField()
    visible_from = fields.DatetimeField(db_index=True)
    attempts = fields.IntField(default=0, db_default=0)
    next_attempt_at = fields.DatetimeField(null=True)

    class Meta:
        table = "pending_statuses"


class StatusRules(Model):
    """The one row of rules for client statuses: the quiet period, when one is stale, when digests are sent.

    Without `stale_after_days` nothing is ever stale. `digest_hour` is the full hour in the operator's zone.
    With `applies_fitting_status` a status that contradicts the facts is replaced by itself.
    `stale_looked_at` is the time of the last search for stale statuses.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    quiet_minutes = fields.IntField(default=0)
    stale_after_days = fields.IntField(null=True, default=14)
    digest_hour = fields.IntField(default=7)
    applies_fitting_status = fields.BooleanField(default=False, db_default=False)
    stale_looked_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "status_rules"
