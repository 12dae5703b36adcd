"""The life of a pipeline: staff draws it up, changes it as a whole, and puts it away when nothing lies in it."""

from domain.core.actors import OFFICE, Role
from domain.core.availability import Availability
from domain.core.lifecycle import Lifecycle, Transition
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
    source=PIPELINES_SOURCE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Put a pipeline away; it must hold no open order, and nothing may work with it.",
            sources=frozenset({Availability.ACTIVE}),
            target=Availability.RETIRED,
            by=STAFF,
            guards=(guards.no_open_order_lies_in_it, guards.nothing_works_with_it),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Orders may enter the stages of a pipeline again.",
            sources=frozenset({Availability.RETIRED}),
            target=Availability.ACTIVE,
            by=STAFF,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            doc="Draw up a pipeline with its stages in order.",
            by=STAFF,
            target=Availability.ACTIVE,
            creates=True,
            takes=takes.PipelineEntry,
            checks=WELL_DRAWN,
            writes=writes.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Replace the facts of a pipeline and its stages as a whole; a stage that goes must be empty.",
            sources=frozenset({Availability.ACTIVE}),
            by=STAFF,
            takes=takes.PipelineEntry,
            checks=WELL_DRAWN,
            writes=writes.amend,
            audience=OFFICE,
        ),
    ),
)
