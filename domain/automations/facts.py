"""Facts of automations and of their runs, which guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.automations.model import AutomationAction, AutomationState, RunOutcome
from domain.engine.facts import fact


@dataclass(frozen=True)
class AutomationFacts:
    """An automation as its guards see it."""

    id: UUID = fact("{t}.id")
    status: AutomationState = fact("{t}.state")
    action: AutomationAction = fact("{t}.action")


@dataclass(frozen=True)
class RunFacts:
    """The outcome of an automation for one order, and the state of the automation itself."""

    id: UUID = fact("{t}.id")
    status: RunOutcome = fact("{t}.outcome")
    automation_state: AutomationState = fact("(SELECT a.state FROM automations a WHERE a.id = {t}.automation_id)")
