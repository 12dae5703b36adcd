"""Lifecycle of an automation's run: a failed one can be retried or dismissed from the list of exceptions."""

from domain.automations.effects import retry_run
from domain.automations.facts import RunFacts
from domain.automations.guards import automation_is_not_retired
from domain.automations.model import AutomationRun, RunOutcome
from domain.automations.scope import AUTOMATION_RUNS_SCOPE
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import OFFICE, STAFF_ROLE

EXCEPTION_OUTCOMES = frozenset({RunOutcome.FAILED, RunOutcome.LOOP})
IS_EXCEPTION = "{t}.outcome IN (" + ", ".join(f"'{each}'" for each in sorted(EXCEPTION_OUTCOMES)) + ")"


AUTOMATION_RUNS = Lifecycle(
    noun="automationRun",
    id_prefix="run",
    model=AutomationRun,
    facts=RunFacts,
    scope=AUTOMATION_RUNS_SCOPE,
    states=RunOutcome,
    start=None,
    states_set_elsewhere=frozenset(RunOutcome) - {RunOutcome.DISMISSED},
    status_field="outcome",
    orders_to_lock="SELECT r.order_id FROM automation_runs r WHERE r.id = {id}",
    transitions=(
        Transition(
            name="dismiss",
            doc="The exception is off the list; the order stays as it is.",
            from_states=EXCEPTION_OUTCOMES,
            to_state=RunOutcome.DISMISSED,
            roles=STAFF_ROLE,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="retry",
            doc="The automation does for this order now what was not possible before.",
            from_states=EXCEPTION_OUTCOMES,
            roles=STAFF_ROLE,
            guards=(automation_is_not_retired,),
            effect=retry_run,
            audience=OFFICE,
        ),
    ),
)
