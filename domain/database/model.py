"""Rows about the system itself: the clock, signs of life, the audit trail and the anchors of the event chains."""

from tortoise import fields

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class ClockSetting(Model):
    """The one row behind `app_now()`: a shift for demonstrations, a fixed instant for tests."""

    id = fields.SmallIntField(primary_key=True, default=1)
    shift_seconds = fields.BigIntField(default=0)
    frozen_at = fields.DatetimeField(null=True)

    class Meta:
        table = "clock"


class Heartbeat(Model):
    """When a background process was last seen alive, in real time."""

    name = fields.CharField(primary_key=True, max_length=64)
    beat_at = fields.DatetimeField()

    class Meta:
        table = "heartbeats"


class AuditEntry(Model):
    """Who changed a setting, signed in, or looked where they usually do not; insert-only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    at = fields.DatetimeField()
    account_id = fields.UUIDField(null=True)
    action = fields.CharField(max_length=64)
    detail: dict[str, object] = fields.JSONField()

    class Meta:
        table = "audit"


class ChainAnchor(Model):
    """A daily hash over the heads of all chains that grew since the last one."""

    day = fields.DateField(primary_key=True)
    hash = fields.BinaryField()
    heads = fields.IntField()
    anchored_at = fields.DatetimeField()

    class Meta:
        table = "chain_anchors"
