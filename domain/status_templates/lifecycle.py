"""Lifecycle of a status template: staff creates, amends, retires and restores it."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import OFFICE, STAFF_ROLE
from domain.kernel.availability import Availability
from domain.status_templates import effects, guards, inputs
from domain.status_templates.facts import StatusTemplateFacts
from domain.status_templates.model import StatusTemplate
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE

ACTIVE, RETIRED = frozenset({Availability.ACTIVE}), frozenset({Availability.RETIRED})
INPUT_VALIDATORS = (
    guards.color_is_valid,
    *(guards.placeholders_are_known(text) for text in ("label_de", "label_en", "description_de", "description_en")),
)


STATUS_TEMPLATES = Lifecycle(
    noun="statusTemplate",
    id_prefix="stt",
    model=StatusTemplate,
    facts=StatusTemplateFacts,
    scope=STATUS_TEMPLATES_SCOPE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Stop offering a template; no automation or order template may refer to it.",
            from_states=ACTIVE,
            to_state=Availability.RETIRED,
            roles=STAFF_ROLE,
            guards=(guards.template_is_unused,),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Offer a template again.",
            from_states=RETIRED,
            to_state=Availability.ACTIVE,
            roles=STAFF_ROLE,
            guards=(guards.labels_are_unique,),
            effect=effects.restore,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Create a text for client statuses.",
            roles=STAFF_ROLE,
            to_state=Availability.ACTIVE,
            creates=True,
            input=inputs.StatusTemplateInput,
            validators=INPUT_VALIDATORS,
            effect=effects.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Change what is given of a template; orders keep what they have copied until it is applied to them.",
            from_states=ACTIVE,
            roles=STAFF_ROLE,
            input=inputs.StatusTemplateAmendment,
            validators=INPUT_VALIDATORS,
            effect=effects.amend,
            audience=OFFICE,
        ),
    ),
)
