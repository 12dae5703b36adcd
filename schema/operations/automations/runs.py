"""Runs of automations, order by order; the failed ones are the list of exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.automations.model import RunOutcome
from domain.automations.scope import AUTOMATIONS_SCOPE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.stored_refusals import load
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.derivation.open_actions import action_reason
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.references import AnAutomation, AnOrder
from schema.operations.timeline import Event
from schema.shared.actions import ActionReason, OpenAction
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter
from schema.shared.node import Node
from schema.shared.translated_fields import translated


@dataclass(frozen=True)
class RunReasonFacts:
    """The stored refusals of a run."""

    reasons: list[Any] = fact("{t}.reasons")


def reasons(facts: RunReasonFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[ActionReason]:
    """The refusals in the viewer's language."""
    return [action_reason(load(reason, context.actor.language), context) for reason in facts.reasons]


@strawberry.type(description="What came of an automation at one event for one order.")
class AutomationRun(Node):
    """The run of an automation at one event for one order."""

    id: strawberry.ID = column(id_prefix="run", description="The run's identifier.")
    outcome: RunOutcome = column(description="What came of it.")
    outcome_label: str = translated("status.runOutcome", "{t}.outcome", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    automation: AnAutomation = to_one(
        AUTOMATIONS_SCOPE, on="{t}.id = {p}.automation_id", description="The automation as it is now."
    )
    order: AnOrder = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order it ran for.")
    event: Event | None = to_one(
        EVENTS_SCOPE, on="{t}.id = {p}.event_id", description="What it followed; null when it is not for the viewer."
    )
    reasons: list[ActionReason] = computed(
        RunReasonFacts, reasons, description="Why it was not possible; empty when it was."
    )
    error: str | None = column(description="What nobody foresaw, as it was reported.")
    at: datetime = column(description="When that was.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("automationRun")


@where_input(description="Which runs to list; all that is given must hold.")
class AutomationRunWhere:
    """The filter of run lists."""

    id: IdFilter | None = filter_field(id_prefix="run", description="By identifier.")
    outcome: EnumFilter[RunOutcome] | None = filter_field(
        description="By what came of them: exceptions are FAILED and LOOP."
    )
    automation: IdFilter | None = filter_field("{t}.automation_id", id_prefix="aut", description="By automation.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")
    at: DateTimeFilter | None = filter_field(description="By when they ran.")


RUN_SORTS = ordering(
    "AutomationRun", default="-AT", AT=sort_key("{t}.at", "timestamptz", description="When the automation ran.")
)
