"""Lifecycle of an order template: staff creates, amends, retires and restores it."""

from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import OFFICE, STAFF_ROLE
from domain.kernel.availability import Availability
from domain.order_templates import effects, guards, inputs
from domain.order_templates.facts import OrderTemplateFacts
from domain.order_templates.model import OrderTemplate
from domain.order_templates.scope import ORDER_TEMPLATES_SCOPE

ACTIVE, RETIRED = frozenset({Availability.ACTIVE}), frozenset({Availability.RETIRED})
INPUT_VALIDATORS = (
    guards.shown_status_has_template,
    *(guards.has_no_placeholders(text) for text in guards.TEXTS),
    guards.repeated_invoices_are_complete,
    guards.invoices_have_no_placeholders,
)


ORDER_TEMPLATES = Lifecycle(
    noun="orderTemplate",
    id_prefix="ort",
    model=OrderTemplate,
    facts=OrderTemplateFacts,
    scope=ORDER_TEMPLATES_SCOPE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Stop offering a template; no automation may refer to it.",
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
            guards=(guards.name_is_unique, guards.references_are_active),
            effect=effects.restore,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="Write down what orders can begin with.",
            roles=STAFF_ROLE,
            to_state=Availability.ACTIVE,
            creates=True,
            input=inputs.OrderTemplateEntry,
            validators=INPUT_VALIDATORS,
            effect=effects.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Change what is given of a template; orders begun from it stay as they are.",
            from_states=ACTIVE,
            roles=STAFF_ROLE,
            input=inputs.OrderTemplateAmendment,
            validators=INPUT_VALIDATORS,
            effect=effects.amend,
            audience=OFFICE,
        ),
    ),
)
