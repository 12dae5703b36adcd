"""What came of automations, order by order; those that failed are the list of exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.automations import reasons as kept_reasons
from domain.automations.model import RunOutcome
from domain.automations.sources import AUTOMATIONS_SOURCE
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.orders.sources import ORDERS_SOURCE
from domain.timeline import EVENTS_SOURCE
from schema.compiled.declare import by, column, computed, filtered, ordering, to_one
from schema.derive.open_actions import action_reason
from schema.operations.history import Event
from schema.operations.surface import MENUS
from schema.shared.actions import ActionReason, OpenAction
from schema.shared.filters import Choice, Identifier, Instant
from schema.shared.wording import in_words

if TYPE_CHECKING:
    from schema.operations.automations import Automation
    from schema.operations.orders import Order

AnAutomation = Annotated["Automation", strawberry.lazy("schema.operations.automations")]
AnOrder = Annotated["Order", strawberry.lazy("schema.operations.orders")]


@dataclass(frozen=True)
class ReasonFacts:
    """Why an automation could do nothing."""

    reasons: list[Any] = fact("{t}.reasons")


def reasons(facts: ReasonFacts, _arguments: Mapping[str, Any], moment: EvaluationContext) -> list[ActionReason]:
    """The refusals in the viewer's language."""
    return [action_reason(kept_reasons.told(reason), moment) for reason in facts.reasons]


@strawberry.type(description="What came of an automation at one event for one order.")
class AutomationRun:
    """What came of an automation at one event for one order."""

    id: strawberry.ID = column(id_prefix="run", description="The run's identifier.")
    outcome: RunOutcome = column(description="What came of it.")
    outcome_label: str = in_words("status.runOutcome", "{t}.outcome", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    automation: AnAutomation = to_one(
        AUTOMATIONS_SOURCE, on="{t}.id = {p}.automation_id", description="The automation as it is now."
    )
    order: AnOrder = to_one(ORDERS_SOURCE, on="{t}.id = {p}.order_id", description="The order it ran for.")
    event: Event | None = to_one(
        EVENTS_SOURCE, on="{t}.id = {p}.event_id", description="What it followed; null when it is not for the viewer."
    )
    reasons: list[ActionReason] = computed(
        ReasonFacts, reasons, description="Why it was not possible; empty when it was."
    )
    error: str | None = column(description="What nobody foresaw, as it was reported.")
    at: datetime = column(description="When that was.")
    open_actions: list[OpenAction] = MENUS.field("automationRun")


@strawberry.input(description="Which runs to list; all that is given must hold.")
class AutomationRunWhere:
    """Which runs to list."""

    id: Identifier | None = filtered(id_prefix="run", description="By identifier.")
    outcome: Choice[RunOutcome] | None = filtered(description="By what came of them: exceptions are FAILED and LOOP.")
    automation: Identifier | None = filtered("{t}.automation_id", id_prefix="aut", description="By automation.")
    order: Identifier | None = filtered("{t}.order_id", id_prefix="ord", description="By order.")
    at: Instant | None = filtered(description="By when they ran.")


RUN_SORTS = ordering(
    "AutomationRun", default="-AT", AT=by("{t}.at", "timestamptz", description="When the automation ran.")
)
