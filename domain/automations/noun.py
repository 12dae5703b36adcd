"""Automations and their runs as the registry knows them."""

from domain.automations.consequences import CONSEQUENCES
from domain.automations.lifecycle import AUTOMATIONS
from domain.automations.run_lifecycle import AUTOMATION_RUNS
from domain.automations.runner import ACTIVE_TRIGGERS, SELECT_ACTIVE_TRIGGERS
from domain.engine.noun import Noun

NOUN = Noun(
    lifecycles=(AUTOMATIONS, AUTOMATION_RUNS),
    consequences=CONSEQUENCES,
    context_facts={ACTIVE_TRIGGERS: SELECT_ACTIVE_TRIGGERS},
)
