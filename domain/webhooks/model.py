"""Webhook endpoints, their messages and the attempts to deliver them as rows."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from domain.kernel.base_model import Model
from domain.kernel.ids import new_id


class WebhookState(StrEnum):
    """Whether messages are sent to an endpoint; to a paused one they wait."""

    ENABLED = "ENABLED"
    PAUSED = "PAUSED"
    DELETED = "DELETED"


class WebhookMessageState(StrEnum):
    """The outcome of a webhook message; FAILED after its last attempt."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class WebhookEndpoint(Model):
    """An address of another system. `events` are the names of the events it gets; none means all.

    Its secret is derived from its id and `secret_number`; the one before is valid until `previous_secret_until`.
    `enabled_at` is since when failures count, in real time.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(WebhookState, max_length=16, default=WebhookState.ENABLED)
    url = fields.CharField(max_length=200)
    description = fields.CharField(max_length=200, default="")
    events: list[str] = ArrayField(element_type="text", default=list)
    secret_number = fields.IntField(default=1)
    secret_issued_at = fields.DatetimeField()
    previous_secret_until = fields.DatetimeField(null=True)
    enabled_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)

    class Meta:
        table = "webhook_endpoints"


class WebhookMessage(Model):
    """One event for one endpoint, written by the database with the event; a test has no event.

    `position` is the order of delivery within `ordering_id`, which is the event's order, or its subject without one.
    `sequence` counts the events of the order. `attempts` count since it was written or redelivered. `claim_id` is the
    claim of the process that delivers it, until `next_attempt_at`.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    endpoint_id: UUID
    endpoint: fields.ForeignKeyRelation[WebhookEndpoint] = fields.ForeignKeyField(
        "domain.WebhookEndpoint", related_name="messages", db_constraint=False
    )
    position = fields.BigIntField()
    type = fields.CharField(max_length=64)
    subject_kind = fields.CharField(max_length=24)
    subject_id = fields.UUIDField()
    order_id = fields.UUIDField(null=True)
    ordering_id = fields.UUIDField()
    event_id = fields.UUIDField(null=True)
    sequence = fields.IntField()
    occurred_at = fields.DatetimeField()
    state = fields.CharEnumField(WebhookMessageState, max_length=16, default=WebhookMessageState.PENDING)
    attempts = fields.IntField(default=0)
    next_attempt_at = fields.DatetimeField()
    claim_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()
    delivered_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "webhook_messages"


class WebhookAttempt(Model):
    """One attempt to deliver a message, with the status and the beginning of the answer, or the error without one."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    message_id: UUID
    message: fields.ForeignKeyRelation[WebhookMessage] = fields.ForeignKeyField(
        "domain.WebhookMessage", related_name="attempts_made", on_delete=fields.CASCADE
    )
    endpoint_id = fields.UUIDField()
    at = fields.DatetimeField()
    duration_ms = fields.IntField()
    succeeded = fields.BooleanField()
    status = fields.IntField(null=True)
    answer = fields.TextField(default="")
    error = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "webhook_attempts"
