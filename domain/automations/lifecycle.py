"""The life of an automation: it runs, it pauses, and when it is retired it stays for what it did."""

from domain.automations import guards, takes, writes
from domain.automations.facts import AutomationFacts
from domain.automations.model import Automation, AutomationState
from domain.automations.rehearsing import rehearse
from domain.automations.sources import AUTOMATIONS_SOURCE
from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import OFFICE, Role

STAFF = frozenset({Role.STAFF})
ACTIVE, PAUSED, RETIRED = AutomationState.ACTIVE, AutomationState.PAUSED, AutomationState.RETIRED
IN_USE = frozenset({ACTIVE, PAUSED})
FITS = (
    guards.its_author_sees_every_order,
    guards.the_trigger_exists,
    guards.the_stage_belongs_to_the_trigger,
    guards.the_action_has_what_it_needs,
    guards.the_action_uses_all_that_is_given,
    guards.it_leads_elsewhere,
)
GUARDED = (guards.the_employee_sees_every_order,)


AUTOMATIONS = Lifecycle(
    noun="automation",
    id_prefix="aut",
    model=Automation,
    facts=AutomationFacts,
    scope=AUTOMATIONS_SOURCE,
    states=AutomationState,
    start=ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="pause",
            doc="The automation follows nothing until it is resumed.",
            from_states=frozenset({ACTIVE}),
            to_state=PAUSED,
            roles=STAFF,
            guards=GUARDED,
            audience=OFFICE,
        ),
        Transition(
            name="resume",
            doc="The automation follows what happens from now on; what it missed it does not make up for.",
            from_states=frozenset({PAUSED}),
            to_state=ACTIVE,
            roles=STAFF,
            guards=GUARDED,
            audience=OFFICE,
        ),
        Transition(
            name="retire",
            doc="The automation is over; what it did stays.",
            from_states=IN_USE,
            to_state=RETIRED,
            roles=STAFF,
            guards=GUARDED,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            doc="Write down what is to follow by itself when something happens.",
            roles=STAFF,
            to_state=ACTIVE,
            creates=True,
            input=takes.AutomationEntry,
            validators=FITS,
            effect=writes.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Replace the automation as a whole; what it did stays.",
            from_states=IN_USE,
            roles=STAFF,
            input=takes.AutomationEntry,
            guards=GUARDED,
            validators=FITS,
            effect=writes.amend,
            audience=OFFICE,
        ),
        Transition(
            name="rehearse",
            doc="List what it would have changed since a day, as if no text was held by hand; nothing is touched.",
            from_states=IN_USE,
            roles=STAFF,
            input=takes.Rehearsing,
            guards=(guards.the_employee_sees_every_order, guards.it_speaks_of_client_statuses),
            validators=(guards.it_begins_in_the_past_year,),
            effect=rehearse,
            audience=OFFICE,
            increments_version=False,
        ),
    ),
)
