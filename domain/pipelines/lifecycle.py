"""Lifecycle of a pipeline: staff creates it, amends it as a whole, and retires it when it holds no open order."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import OFFICE, STAFF_ROLE
from domain.kernel.availability import Availability
from domain.pipelines import effects, guards, inputs
from domain.pipelines.facts import PipelineFacts
from domain.pipelines.model import Pipeline
from domain.pipelines.scope import PIPELINES_SCOPE

INPUT_VALIDATORS = (
    guards.stage_names_are_unique,
    guards.kept_stages_belong_to_pipeline,
    guards.colors_are_valid,
)


PIPELINES = Lifecycle(
    noun="pipeline",
    id_prefix="pip",
    model=Pipeline,
    facts=PipelineFacts,
    scope=PIPELINES_SCOPE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Put a pipeline away; it must hold no open order, and nothing may work with it.",
            from_states=frozenset({Availability.ACTIVE}),
            to_state=Availability.RETIRED,
            roles=STAFF_ROLE,
            guards=(guards.has_no_open_orders, guards.pipeline_is_unused),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Orders may enter the stages of a pipeline again.",
            from_states=frozenset({Availability.RETIRED}),
            to_state=Availability.ACTIVE,
            roles=STAFF_ROLE,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Draw up a pipeline with its stages in order.",
            roles=STAFF_ROLE,
            to_state=Availability.ACTIVE,
            creates=True,
            input=inputs.PipelineInput,
            validators=INPUT_VALIDATORS,
            effect=effects.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Change what is given of a pipeline; given stages replace those before, one that goes must be empty.",
            from_states=frozenset({Availability.ACTIVE}),
            roles=STAFF_ROLE,
            input=inputs.PipelineAmendment,
            validators=INPUT_VALIDATORS,
            effect=effects.amend,
            audience=OFFICE,
        ),
    ),
)
