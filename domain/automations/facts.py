"""Facts of automations and of their runs, which guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.automations.model import AutomationAction, AutomationState, ExpectedRule, RunOutcome
from domain.client_status.model import Visibility
from domain.engine.facts import fact


@dataclass(frozen=True)
class AutomationFacts:
    """An automation as its guards see it."""

    id: UUID = fact("{t}.id")
    status: AutomationState = fact("{t}.state")
    trigger: str = fact("{t}.trigger")
    stage_id: UUID | None = fact("{t}.stage_id")
    action: AutomationAction = fact("{t}.action")
    template_id: UUID | None = fact("{t}.template_id")
    visibility: Visibility | None = fact("{t}.visibility")
    expected_rule: ExpectedRule | None = fact("{t}.expected_rule")
    expected_in_days: int | None = fact("{t}.expected_in_days")
    target_stage_id: UUID | None = fact("{t}.target_stage_id")


@dataclass(frozen=True)
class RunFacts:
    """The outcome of an automation for one order, and the state of the automation itself."""

    id: UUID = fact("{t}.id")
    status: RunOutcome = fact("{t}.outcome")
    automation_state: AutomationState = fact("(SELECT a.state FROM automations a WHERE a.id = {t}.automation_id)")
