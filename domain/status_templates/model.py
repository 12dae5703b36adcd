"""Templates of client statuses as rows."""

from enum import StrEnum

from tortoise import fields

from domain.kernel.availability import Availability
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id
from domain.status_templates.kinds import StatusKind


class Notification(StrEnum):
    """Whether a change is mailed, and when."""

    NONE = "NONE"
    AT_ONCE = "AT_ONCE"
    DAILY_DIGEST = "DAILY_DIGEST"


class StatusTemplate(Model):
    """Content that is copied into client statuses; `edition` counts its changes, `version` all changes.

    Without a `kind` it claims nothing that could contradict the facts.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(Availability, max_length=8, default=Availability.ACTIVE)
    position = fields.IntField()
    color = fields.CharField(max_length=7)
    label_de = fields.CharField(max_length=60)
    label_en = fields.CharField(max_length=60)
    description_de = fields.TextField(default="")
    description_en = fields.TextField(default="")
    kind = fields.CharEnumField(StatusKind, max_length=12, null=True)
    notification = fields.CharEnumField(Notification, max_length=16, default=Notification.AT_ONCE)
    edition = fields.IntField(default=1)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()

    class Meta:
        table = "status_templates"
