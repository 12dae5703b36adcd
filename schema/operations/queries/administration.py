"""Queries of accounts, deadlines, mails, webhooks and the audit trail."""

import strawberry

from domain.access.administration import AUDIT_SCOPE, HEARTBEATS_SCOPE, VERIFICATIONS_SCOPE
from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.deadlines.punctuality import PUNCTUALITY_SCOPE
from domain.messages.scope import MESSAGES_SCOPE
from domain.timeline import DEADLINES_SCOPE
from domain.webhooks.scope import WEBHOOK_ENDPOINTS_SCOPE, WEBHOOK_MESSAGES_SCOPE
from schema.declarations.fields import computed, connection, lookup, to_many
from schema.operations.accounts import ACCOUNT_SORTS, Account, AccountWhere
from schema.operations.administration.audit import (
    AUDIT_SORTS,
    AuditAction,
    AuditEntry,
    AuditEntryWhere,
    audit_actions,
)
from schema.operations.administration.processes import BackgroundProcess
from schema.operations.administration.verifications import Punctuality, Verification
from schema.operations.administration.webhooks import (
    WEBHOOK_ENDPOINT_SORTS,
    WEBHOOK_MESSAGE_SORTS,
    WebhookEndpoint,
    WebhookEndpointWhere,
    WebhookEvent,
    WebhookMessage,
    WebhookMessageWhere,
    webhook_events,
)
from schema.operations.messages import MESSAGE_SORTS, Message, MessageWhere
from schema.operations.timeline import DEADLINE_SORTS, Deadline, DeadlineKind, DeadlineWhere, deadline_kinds
from schema.shared.pagination import Connection


@strawberry.type
class AdministrationQueries:
    """Queries of accounts, deadlines, mails, webhooks and the audit trail."""

    account: Account | None = lookup(ACCOUNTS_SCOPE, column_name="id", id_prefix="acc", description="One account.")
    accounts: Connection[Account] = connection(
        ACCOUNTS_SCOPE,
        filters=AccountWhere,
        sorts=ACCOUNT_SORTS,
        description="Accounts: one's own, for employees those of colleagues, for administrators all.",
    )
    deadline: Deadline | None = lookup(DEADLINES_SCOPE, column_name="id", id_prefix="dln", description="One deadline.")
    deadlines: Connection[Deadline] = connection(
        DEADLINES_SCOPE,
        filters=DeadlineWhere,
        sorts=DEADLINE_SORTS,
        description="What happens at its time, of everything in sight.",
    )
    late_deadlines: Connection[Deadline] = connection(
        DEADLINES_SCOPE,
        on="{t}.state = 'PENDING' AND {t}.due_at <= {now}",
        filters=DeadlineWhere,
        sorts=DEADLINE_SORTS,
        description="What is due and has not happened yet: it is being carried out, was refused, or is tried again.",
    )
    failed_deadlines: Connection[Deadline] = connection(
        DEADLINES_SCOPE,
        on="{t}.state = 'FAILED'",
        filters=DeadlineWhere,
        sorts=DEADLINE_SORTS,
        description="What was given up after many attempts.",
    )
    deadline_kinds: list[DeadlineKind] = computed(None, deadline_kinds, description="The kinds of deadlines.")
    message: Message | None = lookup(
        MESSAGES_SCOPE, column_name="id", id_prefix="msg", description="One mail; for administrators."
    )
    messages: Connection[Message] = connection(
        MESSAGES_SCOPE,
        filters=MessageWhere,
        sorts=MESSAGE_SORTS,
        description="Mails, the newest first by default; for administrators, empty for all others.",
    )
    audit_entries: Connection[AuditEntry] = connection(
        AUDIT_SCOPE,
        filters=AuditEntryWhere,
        sorts=AUDIT_SORTS,
        description="The audit trail, the newest first by default; for administrators, empty for all others.",
    )
    audit_actions: list[AuditAction] = computed(
        None, audit_actions, description="What the audit trail may name, by its words."
    )
    background_processes: list[BackgroundProcess] = to_many(
        HEARTBEATS_SCOPE,
        on="TRUE",
        order="{t}.name",
        limit=20,
        description="Kinds of background processes and their signs of life; for administrators, empty for all others.",
    )
    verifications: list[Verification] = to_many(
        VERIFICATIONS_SCOPE,
        on="TRUE",
        order="{t}.at DESC",
        limit=10,
        description="The last verifications of the stored history, the newest first; for administrators.",
    )
    punctuality: list[Punctuality] = to_many(
        PUNCTUALITY_SCOPE,
        on="TRUE",
        order="{t}.place",
        limit=2,
        description="How punctually deadlines were carried out, in the last hour and day; for administrators.",
    )
    webhook_endpoint: WebhookEndpoint | None = lookup(
        WEBHOOK_ENDPOINTS_SCOPE, column_name="id", id_prefix="whe", description="One endpoint; for administrators."
    )
    webhook_endpoints: Connection[WebhookEndpoint] = connection(
        WEBHOOK_ENDPOINTS_SCOPE,
        filters=WebhookEndpointWhere,
        sorts=WEBHOOK_ENDPOINT_SORTS,
        description="Other systems that are told of events; for administrators, empty for all others.",
    )
    webhook_message: WebhookMessage | None = lookup(
        WEBHOOK_MESSAGES_SCOPE,
        column_name="id",
        id_prefix="whm",
        description="One message to an endpoint; for administrators.",
    )
    webhook_messages: Connection[WebhookMessage] = connection(
        WEBHOOK_MESSAGES_SCOPE,
        filters=WebhookMessageWhere,
        sorts=WEBHOOK_MESSAGE_SORTS,
        description="Messages to all endpoints, the newest first by default; for administrators.",
    )
    webhook_events: list[WebhookEvent] = computed(
        None, webhook_events, description="The events that an endpoint may be told of."
    )
