"""Webhook endpoints, their messages and the log of attempts, for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

import settings
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.registry import REGISTRY
from domain.webhooks.event_names import event_names
from domain.webhooks.model import WebhookMessageState, WebhookState
from domain.webhooks.scope import WEBHOOK_ATTEMPTS_SCOPE, WEBHOOK_ENDPOINTS_SCOPE, WEBHOOK_MESSAGES_SCOPE
from domain.webhooks.secrets import KEY_PURPOSE, SHOWN_FOR, secret
from schema.declarations.fields import (
    column,
    computed,
    connection,
    filter_field,
    ordering,
    sort_key,
    to_many,
    to_one,
)
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AWebhookEndpoint
from schema.operations.timeline import SUBJECT_ID
from schema.shared.actions import OpenAction
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter, TextFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

IS_SHOWN = f"({{t}}.secret_issued_at > clock_timestamp() - interval '{SHOWN_FOR.total_seconds()} seconds')"
FAILING_SINCE = """(SELECT min(a.at) FROM webhook_attempts a
    WHERE a.endpoint_id = {t}.id AND NOT a.succeeded AND a.at > coalesce(
        (SELECT max(s.at) FROM webhook_attempts s WHERE s.endpoint_id = {t}.id AND s.succeeded), '-infinity'))"""
WAITING = "(SELECT count(*) FROM webhook_messages m WHERE m.endpoint_id = {t}.id AND m.state = 'PENDING')"
LAST_DELIVERY = """(SELECT max(a.at) FROM webhook_attempts a WHERE a.endpoint_id = {t}.id AND a.succeeded)"""
PREVIOUS_UNTIL = "CASE WHEN {t}.previous_secret_until > clock_timestamp() THEN {t}.previous_secret_until END"
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class SecretFacts:
    """From what a secret is derived, and whether it is still shown."""

    id: UUID = fact("{t}.id")
    number: int = fact("{t}.secret_number")
    is_shown: bool = fact(IS_SHOWN)


def shown_secret(facts: SecretFacts, _arguments: Arguments, _context: EvaluationContext) -> str | None:
    """The secret for a while after it was made."""
    return secret(facts.id, facts.number, settings.load().key(KEY_PURPOSE)) if facts.is_shown else None


@dataclass(frozen=True)
class AttemptFacts:
    """The error of an attempt."""

    error: str | None = fact("{t}.error")


def error_label(facts: AttemptFacts, _arguments: Arguments, context: EvaluationContext) -> str | None:
    """Why there was no answer, in the viewer's language."""
    return i18n.translate(context.actor.language, f"status.webhookError.{facts.error}") if facts.error else None


@strawberry.type(description="An event that webhooks can tell of.")
class WebhookEvent:
    """The name of an event."""

    name: str = strawberry.field(description="The event: `order.confirm`.")
    label: str = strawberry.field(description="What happens then, in the viewer's language.")
    noun: str = strawberry.field(description="What it happens to: `order`.")
    noun_label: str = strawberry.field(description="That in the viewer's language.")


def webhook_events(_facts: None, _arguments: Arguments, context: EvaluationContext) -> list[WebhookEvent]:
    """Every event that an endpoint may get, noun by noun."""
    language = context.actor.language
    return [
        WebhookEvent(
            name=name,
            label=i18n.translate(language, f"happened.{name}"),
            noun=(noun := name.partition(".")[0]),
            noun_label=i18n.translate(language, f"noun.{noun}"),
        )
        for name in event_names(REGISTRY)
    ]


@strawberry.type(description="One attempt to deliver a webhook message, and what was answered.")
class WebhookAttempt(Node):
    """An entry of the delivery log."""

    id: strawberry.ID = column(id_prefix="wha", description="The attempt's identifier.")
    at: datetime = column(description="When it was made, in real time.")
    duration_ms: int = column(description="How long it took, in milliseconds.")
    succeeded: bool = column(description="Whether the answer was one of success.")
    status: int | None = column(description="The HTTP status; null when there was no answer.")
    answer: str = column(description="The beginning of the answer's body, 2 KiB at most.")
    error: str | None = column(description="Why there was no answer, as a stable word: `TIMEOUT`, `PRIVATE_ADDRESS`.")
    error_label: str | None = computed(AttemptFacts, error_label, description="That in the viewer's language.")


@strawberry.type(description="One event for one endpoint. It carries ids only.")
class WebhookMessage(Node):
    """A message of a webhook."""

    id: strawberry.ID = column(id_prefix="whm", description="The message's identifier, and its `webhook-id`.")
    endpoint: AWebhookEndpoint = to_one(
        WEBHOOK_ENDPOINTS_SCOPE, on="{t}.id = {p}.endpoint_id", description="Where it is sent."
    )
    type: str = column(description="The event it tells of: `order.confirm`.")
    label: str = translated("happened", "{t}.type", description="That in the viewer's language.")
    subject_kind: str = column(description="What it happened to, by its noun.")
    subject_id: strawberry.ID = column(SUBJECT_ID, description="The identifier of what it happened to.")
    order_id: strawberry.ID | None = column(id_prefix="ord", description="The order it belongs to, where there is one.")
    event_id: strawberry.ID | None = column(id_prefix="evt", description="The event; null for a test.")
    sequence: int = column(description="The number of the event among all of its order, from 1 on.")
    state: WebhookMessageState = column(description="What became of it.")
    state_label: str = translated("status.webhookMessage", "{t}.state", description="That in the viewer's language.")
    attempt_count: int = column("{t}.attempts", description="Attempts since it was written or redelivered.")
    next_attempt_at: datetime | None = column(
        "CASE WHEN {t}.state = 'PENDING' THEN {t}.next_attempt_at END",
        description="When it is tried next, in real time; null when it is no longer tried.",
    )
    created_at: datetime = column(description="When it was written, in real time.")
    delivered_at: datetime | None = column(description="When it was delivered, in real time.")
    attempts: list[WebhookAttempt] = to_many(
        WEBHOOK_ATTEMPTS_SCOPE,
        on="{t}.message_id = {p}.id",
        order="{t}.at DESC",
        limit=50,
        description="The attempts, the latest first.",
    )
    version: int = column(description="Counts what people changed about it; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("webhookMessage")


@where_input(description="Which webhook messages to list; all that is given must hold.")
class WebhookMessageWhere:
    """The filter of message lists."""

    state: EnumFilter[WebhookMessageState] | None = filter_field(description="By what became of them.")
    type: TextFilter | None = filter_field(description="By the event they tell of.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were written.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By their order.")


WEBHOOK_MESSAGE_SORTS = ordering(
    "WebhookMessage",
    default="-POSITION",
    POSITION=sort_key("{t}.position", "bigint", description="The order in which they were written."),
)


@strawberry.type(description="An address of another system that is told of events.")
class WebhookEndpoint(Node):
    """A webhook endpoint."""

    id: strawberry.ID = column(id_prefix="whe", description="The endpoint's identifier.")
    state: WebhookState = column(description="Whether messages are sent to it.")
    state_label: str = translated("status.webhookEndpoint", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    url: str = column(description="Where messages are posted to.")
    description: str = column(description="What receives them.")
    events: list[str] = column(description="The events it is told of; none means all.")
    secret: str | None = computed(
        SecretFacts,
        shown_secret,
        description="The secret that signs its messages, for ten minutes after it was made; null afterwards.",
    )
    previous_secret_until: datetime | None = column(
        PREVIOUS_UNTIL, description="Until when the secret before signs as well; null when it does not."
    )
    created_at: datetime = column(description="When it was created.")
    waiting: int = column(WAITING, description="How many messages wait for it.")
    last_delivery_at: datetime | None = column(LAST_DELIVERY, description="When it last took a message.")
    failing_since: datetime | None = column(
        FAILING_SINCE, description="Since when every attempt has failed; null when the last one succeeded."
    )
    messages: Connection[WebhookMessage] = connection(
        WEBHOOK_MESSAGES_SCOPE,
        on="{t}.endpoint_id = {p}.id",
        filters=WebhookMessageWhere,
        sorts=WEBHOOK_MESSAGE_SORTS,
        description="Its delivery log of the last thirty days, the newest message first by default.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("webhookEndpoint")


@where_input(description="Which webhook endpoints to list; all that is given must hold.")
class WebhookEndpointWhere:
    """The filter of endpoint lists."""

    state: EnumFilter[WebhookState] | None = filter_field(description="By whether messages are sent to them.")


WEBHOOK_ENDPOINT_SORTS = ordering(
    "WebhookEndpoint",
    default="-CREATED",
    CREATED=sort_key("{t}.id", "uuid", description="The order in which they were created."),
)
