"""The life of a pipeline: staff draws it up, changes it as a whole, and puts it away when nothing lies in it."""

from domain.engine.lifecycle import Lifecycle, Transition
from domain.kernel.actors import OFFICE, Role
from domain.kernel.availability import Availability
from domain.pipelines import guards, takes, writes
from domain.pipelines.facts import PipelineFacts
from domain.pipelines.model import Pipeline
from domain.pipelines.sources import PIPELINES_SOURCE

STAFF = frozenset({Role.STAFF})
WELL_DRAWN = (
    guards.every_stage_has_a_name_of_its_own,
    guards.every_stage_that_stays_is_one_of_its_own,
    guards.the_colors_are_colors,
)


PIPELINES = Lifecycle(
    noun="pipeline",
    id_prefix="pip",
    model=Pipeline,
    facts=PipelineFacts,
    scope=PIPELINES_SOURCE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Put a pipeline away; it must hold no open order, and nothing may work with it.",
            from_states=frozenset({Availability.ACTIVE}),
            to_state=Availability.RETIRED,
            roles=STAFF,
            guards=(guards.no_open_order_lies_in_it, guards.nothing_works_with_it),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Orders may enter the stages of a pipeline again.",
            from_states=frozenset({Availability.RETIRED}),
            to_state=Availability.ACTIVE,
            roles=STAFF,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            doc="Draw up a pipeline with its stages in order.",
            roles=STAFF,
            to_state=Availability.ACTIVE,
            creates=True,
            input=takes.PipelineEntry,
            validators=WELL_DRAWN,
            effect=writes.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Replace the facts of a pipeline and its stages as a whole; a stage that goes must be empty.",
            from_states=frozenset({Availability.ACTIVE}),
            roles=STAFF,
            input=takes.PipelineEntry,
            validators=WELL_DRAWN,
            effect=writes.amend,
            audience=OFFICE,
        ),
    ),
)
