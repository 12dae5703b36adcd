"""Endpoints of webhooks; the database writes a message for each of them with every event."""

from typing import Any

from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from domain.database import ddl
from domain.kernel.ids import new_id
from domain.webhooks.model import WebhookMessageState, WebhookState

STATES = "ENABLED: ENABLED\nPAUSED: PAUSED\nDELETED: DELETED"
MESSAGE_STATES = "PENDING: PENDING\nDELIVERED: DELIVERED\nFAILED: FAILED"

forward, backward = ddl.run(
    ddl.NUMBER_WEBHOOK_MESSAGES,
    ddl.index("webhook_messages_due", "webhook_messages (endpoint_id, next_attempt_at) WHERE state = 'PENDING'"),
    ddl.index(
        "webhook_messages_in_order",
        "webhook_messages (endpoint_id, ordering_id, position) WHERE state = 'PENDING'",
    ),
    ddl.index("webhook_messages_of_endpoint", "webhook_messages (endpoint_id, position)"),
    ddl.index("webhook_attempts_of_message", "webhook_attempts (message_id, at)"),
    ddl.index("webhook_attempts_of_endpoint", "webhook_attempts (endpoint_id, at)"),
    ddl.FAN_OUT_EVENTS,
    ddl.FAN_OUT_TRIGGER,
)


def _id() -> Any:
    return fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)


def _instant(**options: Any) -> Any:
    return fields.DatetimeField(auto_now=False, auto_now_add=False, **options)


class Migration(migrations.Migration):
    """Three tables, and a trigger that costs a move no statement."""

    dependencies = [("domain", "0045_trusted_documents")]
    operations = [
        ops.CreateModel(
            name="WebhookEndpoint",
            fields=[
                ("id", _id()),
                (
                    "state",
                    fields.CharEnumField(
                        default=WebhookState.ENABLED, description=STATES, enum_type=WebhookState, max_length=16
                    ),
                ),
                ("url", fields.CharField(max_length=200)),
                ("description", fields.CharField(default="", max_length=200)),
                ("events", ArrayField(default=list, element_type="text")),
                ("secret_number", fields.IntField(default=1)),
                ("secret_issued_at", _instant()),
                ("previous_secret_until", _instant(null=True)),
                ("enabled_at", _instant()),
                ("created_at", _instant()),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "webhook_endpoints",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "An address of another system. `events` are the names of the events it gets; none means all.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WebhookMessage",
            fields=[
                ("id", _id()),
                (
                    "endpoint",
                    fields.ForeignKeyField(
                        "domain.WebhookEndpoint",
                        source_field="endpoint_id",
                        db_constraint=False,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("position", fields.BigIntField()),
                ("type", fields.CharField(max_length=64)),
                ("subject_kind", fields.CharField(max_length=24)),
                ("subject_id", fields.UUIDField()),
                ("order_id", fields.UUIDField(null=True)),
                ("ordering_id", fields.UUIDField()),
                ("event_id", fields.UUIDField(null=True)),
                ("sequence", fields.IntField()),
                ("occurred_at", _instant()),
                (
                    "state",
                    fields.CharEnumField(
                        default=WebhookMessageState.PENDING,
                        description=MESSAGE_STATES,
                        enum_type=WebhookMessageState,
                        max_length=16,
                    ),
                ),
                ("attempts", fields.IntField(default=0)),
                ("next_attempt_at", _instant()),
                ("created_at", _instant()),
                ("delivered_at", _instant(null=True)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "webhook_messages",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One event for one endpoint, written by the database with the event; a test has no event.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", _id()),
                (
                    "message",
                    fields.ForeignKeyField(
                        "domain.WebhookMessage",
                        source_field="message_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="attempts_made",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("endpoint_id", fields.UUIDField()),
                ("at", _instant()),
                ("duration_ms", fields.IntField()),
                ("succeeded", fields.BooleanField()),
                ("status", fields.IntField(null=True)),
                ("answer", fields.TextField(default="", unique=False)),
                ("error", fields.CharField(null=True, max_length=40)),
            ],
            options={
                "table": "webhook_attempts",
                "app": "domain",
                "pk_attr": "id",
                "table_description": "One attempt to deliver a message, with the status and the beginning of the answer, or the error without one.",
            },
            bases=["Model"],
        ),
        ops.RunSQL(forward, backward),
    ]
