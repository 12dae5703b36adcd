"""The life of an order template: staff writes it down, changes it, and puts it away when no automation asks for it."""

from domain.core.actors import OFFICE, Role
from domain.core.availability import Availability
from domain.core.lifecycle import Lifecycle, Transition
from domain.order_templates import guards, takes, writes
from domain.order_templates.facts import OrderTemplateFacts
from domain.order_templates.model import OrderTemplate
from domain.order_templates.sources import ORDER_TEMPLATES_SOURCE

STAFF = frozenset({Role.STAFF})
ACTIVE, RETIRED = frozenset({Availability.ACTIVE}), frozenset({Availability.RETIRED})
WELL_WRITTEN = (
    guards.what_is_shown_comes_from_a_template,
    *(guards.nothing_waits_to_be_filled_in(text) for text in guards.TEXTS),
    guards.no_invoice_waits_to_be_filled_in,
)


ORDER_TEMPLATES = Lifecycle(
    noun="orderTemplate",
    id_prefix="ort",
    model=OrderTemplate,
    facts=OrderTemplateFacts,
    source=ORDER_TEMPLATES_SOURCE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Offer a template to nobody any more; no automation may ask for it.",
            sources=ACTIVE,
            target=Availability.RETIRED,
            by=STAFF,
            guards=(guards.nothing_asks_for_it,),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Offer a template again.",
            sources=RETIRED,
            target=Availability.ACTIVE,
            by=STAFF,
            guards=(guards.its_name_is_still_its_own, guards.what_it_uses_is_in_use),
            writes=writes.restore,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            doc="Write down what orders can begin with.",
            by=STAFF,
            target=Availability.ACTIVE,
            creates=True,
            takes=takes.OrderTemplateEntry,
            checks=WELL_WRITTEN,
            writes=writes.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Replace a template as a whole; orders begun from it stay as they are.",
            sources=ACTIVE,
            by=STAFF,
            takes=takes.OrderTemplateEntry,
            checks=WELL_WRITTEN,
            writes=writes.amend,
            audience=OFFICE,
        ),
    ),
)
