"""Rows that the engine keeps: events, deadlines and idempotency records."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.actors import Role
from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class DeadlineState(StrEnum):
    """What became of a deadline."""

    PENDING = "PENDING"
    FIRED = "FIRED"
    DISARMED = "DISARMED"
    FAILED = "FAILED"


class Event(Model):
    """What happened, insert-only and chained by hash per subject. `audience` names the roles that may read it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    subject_kind = fields.CharField(max_length=24)
    subject_id = fields.UUIDField()
    sequence = fields.IntField()
    order_id = fields.UUIDField(null=True)
    name = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    actor_role = fields.CharEnumField(Role, max_length=16)
    account_id = fields.UUIDField(null=True)
    link_id = fields.UUIDField(null=True)
    actor_name = fields.CharField(max_length=200)
    audience: list[str] = ArrayField(element_type="text")
    body: dict[str, object] = fields.JSONField()
    previous_hash = fields.BinaryField()
    hash = fields.BinaryField()

    class Meta:
        table = "events"
        unique_together = (("subject_kind", "subject_id", "sequence"),)
        indexes = (("order_id", "at", "id"),)


class Deadline(Model):
    """Something that must happen on time. The row is the truth; queues only make it faster.

    `anchor_at` is the instant the facts give; `due_at` is when it fires next, later than the anchor for reminders
    that come again. `basis` tells in a word what it was computed from. `refusals` are the stored
    reasons why its move was refused the last time. `armed_at` is when it was armed, moved or woken: it could not happen
    before. `version` counts what people changed.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharField(max_length=64)
    subject_kind = fields.CharField(max_length=24)
    subject_id = fields.UUIDField()
    order_id = fields.UUIDField(null=True)
    anchor_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    armed_at = fields.DatetimeField(null=True)
    basis = fields.CharField(max_length=64)
    state = fields.CharEnumField(DeadlineState, max_length=16, default=DeadlineState.PENDING)
    fired_at = fields.DatetimeField(null=True)
    attempts = fields.IntField(default=0)
    next_attempt_at = fields.DatetimeField()
    last_error = fields.TextField(null=True)
    refusals: list[dict[str, object]] = fields.JSONField(default=list, db_default=[])
    version = fields.IntField(default=1, db_default=1)

    class Meta:
        table = "deadlines"
        indexes = (("subject_id", "kind"), ("order_id",))


class IdempotencyRecord(Model):
    """The outcome of a command that was sent with a key, kept seven days: ids, never contents."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    actor = fields.CharField(max_length=80)
    key = fields.CharField(max_length=200)
    fingerprint = fields.CharField(max_length=64)
    subject_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "idempotency_records"
        unique_together = (("actor", "key"),)
