"""Events and deadlines as members and the operator's people see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.billing.scope import INVOICES_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.engine.model import DeadlineState
from domain.kernel.actors import OFFICE_KINDS, ActorKind, Role
from domain.kernel.i18n import translate
from domain.kernel.stored_refusals import load
from domain.orders.scope import ORDERS_SCOPE
from domain.registry import REGISTRY
from domain.timeline import DEADLINES_SCOPE, EVENTS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_many, to_one
from schema.declarations.where_inputs import where_input
from schema.derivation.open_actions import action_reason
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnInvoice, AnOrder
from schema.shared.actions import ActionReason, OpenAction
from schema.shared.field_order import field_order
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter, TextFilter
from schema.shared.node import Node
from schema.shared.timeline import DeadlineFields
from schema.shared.translated_fields import translated

ID_PREFIX_BY_KIND = " ".join(f"WHEN '{each.noun}' THEN '{each.id_prefix}_'" for each in REGISTRY.lifecycles.values())
SUBJECT_ID = f"CASE {{t}}.subject_kind {ID_PREFIX_BY_KIND} END || {{t}}.subject_id::text"
COMMENT_OR_REASON = "coalesce({t}.body->>'comment', {t}.body->>'reason', {t}.body->>'message')"


@strawberry.type(description="Something that happened.")
class Event(Node):
    """Something that happened."""

    id: strawberry.ID = column(id_prefix="evt", description="The event's identifier.")
    name: str = column(description="What happened, named like the move: `order.confirm`.")
    label: str = translated("happened", "{t}.name", description="What happened, in the viewer's language.")
    at: datetime = column(description="When it happened.")
    due_at: datetime | None = column(description="When it was due, where a deadline brought it about.")
    actor_role: Role = column(description="In what capacity somebody brought it about.")
    actor_role_label: str = translated("status.role", "{t}.actor_role", description="That in the viewer's language.")
    actor_name: str = column(description="Who brought it about.")
    note: str | None = column(
        COMMENT_OR_REASON, description="What they wrote with it: a comment, a reason or a message."
    )
    subject_kind: str = column(description="What it happened to, by its noun: `order`, `clientStatus`.")
    subject_id: strawberry.ID = column(SUBJECT_ID, description="The identifier of what it happened to.")


@dataclass(frozen=True)
class DeadlineRefusalFacts:
    """The stored refusals of a deadline."""

    refusals: list[Any] = fact("{t}.refusals")


def deadline_reasons(
    facts: DeadlineRefusalFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[ActionReason]:
    """The refusals in the viewer's language."""
    return [action_reason(load(refusal, context.actor.language), context) for refusal in facts.refusals]


@field_order(
    """
    id kind label due_at state state_label state_help fired_at basis attempts next_attempt_at reasons last_error
    subject_kind subject_id order_id order invoice version open_actions
    """
)
@strawberry.type(description="Something that happens at its time.")
class Deadline(Node, DeadlineFields):
    """Something that happens at its time."""

    id: strawberry.ID = column(id_prefix="dln", description="The deadline's identifier.")
    state: DeadlineState = column(description="What became of it.")
    state_label: str = translated("status.deadlineState", "{t}.state", description="That in the viewer's language.")
    fired_at: datetime | None = column(description="When it was acted upon.")
    basis: str = column(description="What it was computed from, in a word.")
    attempts: int = column(description="How often acting upon it was tried in vain.")
    next_attempt_at: datetime | None = column(
        "CASE WHEN {t}.state = 'PENDING' THEN {t}.next_attempt_at END",
        description="When it is tried next; null when it is no longer tried.",
    )
    reasons: list[ActionReason] | None = computed(
        DeadlineRefusalFacts,
        deadline_reasons,
        only_for=OFFICE_KINDS,
        description="Why it was refused the last time; empty when it was not, null for members.",
    )
    last_error: str | None = column(
        only_for={ActorKind.ADMIN},
        description="Why it was not possible the last time, as it was reported; null for all but administrators.",
    )
    subject_kind: str = column(description="What it is about, by its noun: `order`, `delivery`.")
    subject_id: strawberry.ID = column(SUBJECT_ID, description="The identifier of what it is about.")
    order_id: strawberry.ID | None = column(id_prefix="ord", description="The order it belongs to, where there is one.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="That order; null when it is not in the viewer's sight."
    )
    invoice: AnInvoice | None = to_one(
        INVOICES_SCOPE, on="{t}.id = {p}.subject_id", description="The invoice it is about, where it is about one."
    )
    version: int = column(description="Counts what people changed about it; for `expectedVersion`.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("deadline")


@strawberry.type(description="A kind of deadline.")
class DeadlineKind:
    """A kind of deadline."""

    name: str = strawberry.field(description="Its name: `order.expire`.")
    label: str = strawberry.field(description="What happens then, in the viewer's language.")


def deadline_kinds(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[DeadlineKind]:
    """Every kind of deadline that the lifecycles know, by its label."""
    language = context.actor.language
    kinds = [DeadlineKind(name=name, label=translate(language, f"deadline.{name}")) for name in REGISTRY.timers]
    return sorted(kinds, key=lambda kind: kind.label.casefold())


EVENT_SORTS = ordering("Event", default="AT", AT=sort_key("{t}.at", "timestamptz", description="When it happened."))
DEADLINE_SORTS = ordering(
    "Deadline", default="DUE_AT", DUE_AT=sort_key("{t}.due_at", "timestamptz", description="When it is due.")
)


@where_input(description="Which deadlines to list; all that is given must hold.")
class DeadlineWhere:
    """The filter of deadline lists."""

    kind: TextFilter | None = filter_field(description="By what they are for.")
    state: EnumFilter[DeadlineState] | None = filter_field(description="By what became of them.")
    due_at: DateTimeFilter | None = filter_field(description="By when they are due.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By their order.")


def deadlines_field(noun: str) -> Any:
    """The deadlines of one row that still matter, soonest first."""
    return to_many(
        DEADLINES_SCOPE,
        on=f"{{t}}.subject_id = {{p}}.id AND {{t}}.subject_kind = '{noun}' AND {{t}}.state <> 'DISARMED'",
        order="{t}.due_at, {t}.id",
        limit=20,
        description="What happens at its time, and what became of it.",
    )


def events_field(noun: str) -> Any:
    """What happened to one row, as far as it is meant for the viewer."""
    return connection(
        EVENTS_SCOPE,
        on=f"{{t}}.subject_id = {{p}}.id AND {{t}}.subject_kind = '{noun}'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
