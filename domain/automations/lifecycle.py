"""Lifecycle of an automation: active, paused, and retired, in which it stays for its history."""

from domain.automations import effects, guards, inputs
from domain.automations.facts import AutomationFacts
from domain.automations.model import Automation, AutomationState
from domain.automations.rehearsal import rehearse
from domain.automations.scope import AUTOMATIONS_SCOPE
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import OFFICE, STAFF_ROLE

ACTIVE, PAUSED, RETIRED = AutomationState.ACTIVE, AutomationState.PAUSED, AutomationState.RETIRED
IN_USE = frozenset({ACTIVE, PAUSED})
INPUT_VALIDATORS = (
    guards.author_sees_all_orders,
    guards.trigger_exists,
    guards.stage_matches_trigger,
    guards.action_has_required_fields,
    guards.no_unused_action_fields,
    guards.target_stage_differs,
)
GUARDS = (guards.actor_sees_all_orders,)


AUTOMATIONS = Lifecycle(
    noun="automation",
    id_prefix="aut",
    model=Automation,
    facts=AutomationFacts,
    scope=AUTOMATIONS_SCOPE,
    states=AutomationState,
    start=ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="pause",
            doc="The automation follows nothing until it is resumed.",
            from_states=frozenset({ACTIVE}),
            to_state=PAUSED,
            roles=STAFF_ROLE,
            guards=GUARDS,
            audience=OFFICE,
        ),
        Transition(
            name="resume",
            doc="The automation follows what happens from now on; what it missed it does not make up for.",
            from_states=frozenset({PAUSED}),
            to_state=ACTIVE,
            roles=STAFF_ROLE,
            guards=GUARDS,
            audience=OFFICE,
        ),
        Transition(
            name="retire",
            doc="The automation is over; what it did stays.",
            from_states=IN_USE,
            to_state=RETIRED,
            roles=STAFF_ROLE,
            guards=GUARDS,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Write down what is to follow by itself when something happens.",
            roles=STAFF_ROLE,
            to_state=ACTIVE,
            creates=True,
            input=inputs.AutomationInput,
            validators=INPUT_VALIDATORS,
            effect=effects.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Change what is given of the automation; what it did stays.",
            from_states=IN_USE,
            roles=STAFF_ROLE,
            input=inputs.AutomationAmendment,
            guards=GUARDS,
            validators=INPUT_VALIDATORS,
            effect=effects.amend,
            audience=OFFICE,
        ),
        Transition(
            name="rehearse",
            doc="List what it would have changed since a day, as if no text was held by hand; nothing is touched.",
            from_states=IN_USE,
            roles=STAFF_ROLE,
            input=inputs.RehearsalInput,
            guards=(guards.actor_sees_all_orders, guards.action_changes_client_status),
            validators=(guards.rehearsal_starts_within_a_year,),
            effect=rehearse,
            audience=OFFICE,
            increments_version=False,
        ),
    ),
)
