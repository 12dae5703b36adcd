"""Mails of the outbox: what waits, was sent, was not needed, or was given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.messages.scope import MESSAGES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.outbox.model import MessageState
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnInvoice, AnOrder
from schema.operations.timeline import SUBJECT_ID
from schema.shared.actions import OpenAction
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter, TextFilter
from schema.shared.node import Node
from schema.shared.translated_fields import translated

RECIPIENT = """coalesce((SELECT a.{account} FROM accounts a WHERE a.id = {{t}}.account_id),
    (SELECT c.{contact} FROM contacts c WHERE c.id = {{t}}.contact_id),
    (SELECT k.{customer} FROM customers k WHERE k.id = {{t}}.customer_id))"""
NAME_KEYS = ("mail", "happened", "deadline")


@dataclass(frozen=True)
class NameFacts:
    """The name of a message."""

    name: str = fact("{t}.name")


def message_label(facts: NameFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> str:
    """What a mail tells, in the viewer's language: the event or deadline that it is named after."""
    language = context.actor.language
    for kind in NAME_KEYS:
        if i18n.has_translation(language, f"{kind}.{facts.name}"):
            return i18n.translate(language, f"{kind}.{facts.name}")
    return facts.name


@strawberry.type(description="One mail to one reader. Its text is composed when it is sent, so none is kept.")
class Message(Node):
    """A row of the outbox."""

    id: strawberry.ID = column(id_prefix="msg", description="The message's identifier, and the mail's message id.")
    name: str = column(description="What it tells, named like the event or deadline: `order.confirm`.")
    label: str = computed(NameFacts, message_label, description="That in the viewer's language.")
    state: MessageState = column(description="What became of it.")
    state_label: str = translated("status.message", "{t}.state", description="That in the viewer's language.")
    recipient_role: Role = column(description="In what capacity its reader gets it.")
    recipient_role_label: str = translated(
        "status.role", "{t}.recipient_role", description="That in the viewer's language."
    )
    recipient_name: str | None = column(
        RECIPIENT.format(account="name", contact="name", customer="legal_name"),
        description="Who gets it; null when the account, contact or customer is gone.",
    )
    recipient_email: str | None = column(
        RECIPIENT.format(account="email", contact="email", customer="invoice_email"),
        description="The address it goes to as of now.",
    )
    subject_kind: str = column(description="What it is about, by its noun: `order`, `delivery`.")
    subject_id: strawberry.ID = column(SUBJECT_ID, description="The identifier of what it is about.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order it belongs to, where there is one."
    )
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.subject_id", description="The invoice it is about, where it is about one."
    )
    created_at: datetime = column(description="When it was written.")
    sent_at: datetime | None = column(description="When the mail server accepted it.")
    digest_at: datetime | None = column(description="When it goes out together with others; null for at once.")
    next_attempt_at: datetime | None = column(
        "CASE WHEN {t}.state = 'PENDING' THEN {t}.next_attempt_at END",
        description="When it is tried next, in real time; null when it is no longer tried.",
    )
    attempts: int = column(description="How often sending it was tried.")
    last_error: str | None = column(description="Why it was not sent the last time, as it was reported.")
    is_repeat: bool = column("{t}.resent_from_id IS NOT NULL", description="Whether a person had it sent again.")
    version: int = column(description="Counts what people changed about it; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("message")


def messages_field(on: str) -> Any:
    """The mails about one row, the newest first; `on` joins them to it."""
    return to_many(
        MESSAGES_SCOPE,
        on=on,
        order="{t}.id DESC",
        limit=50,
        description="The mails about it, the newest first; for those who may send them again.",
    )


@where_input(description="Which messages to list; all that is given must hold.")
class MessageWhere:
    """The filter of message lists."""

    state: EnumFilter[MessageState] | None = filter_field(description="By what became of them.")
    name: TextFilter | None = filter_field(description="By what they tell.")
    created_at: DateTimeFilter | None = filter_field(description="By when they were written.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By their order.")


# Identifiers are ordered by time, so that the newest messages are found by the primary key.
MESSAGE_SORTS = ordering(
    "Message",
    default="-CREATED",
    CREATED=sort_key("{t}.id", "uuid", description="The order in which they were written."),
)
