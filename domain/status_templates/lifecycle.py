"""The life of a status template: staff writes it down, changes it, and puts it away when nothing works with it."""

from domain.core.actors import OFFICE, Role
from domain.core.availability import Availability
from domain.core.lifecycle import Lifecycle, Transition
from domain.status_templates import guards, takes, writes
from domain.status_templates.facts import StatusTemplateFacts
from domain.status_templates.model import StatusTemplate
from domain.status_templates.sources import STATUS_TEMPLATES_SOURCE

STAFF = frozenset({Role.STAFF})
ACTIVE, RETIRED = frozenset({Availability.ACTIVE}), frozenset({Availability.RETIRED})
WELL_WRITTEN = (
    guards.the_color_is_a_color,
    *(guards.every_placeholder_exists(text) for text in ("label_de", "label_en", "description_de", "description_en")),
)


STATUS_TEMPLATES = Lifecycle(
    noun="statusTemplate",
    id_prefix="stt",
    model=StatusTemplate,
    facts=StatusTemplateFacts,
    source=STATUS_TEMPLATES_SOURCE,
    states=Availability,
    start=Availability.ACTIVE,
    status_field="state",
    transitions=(
        Transition(
            name="retire",
            doc="Offer a template to nobody any more; nothing may work with it.",
            sources=ACTIVE,
            target=Availability.RETIRED,
            by=STAFF,
            guards=(guards.nothing_works_with_it,),
            audience=OFFICE,
        ),
        Transition(
            name="restore",
            doc="Offer a template again.",
            sources=RETIRED,
            target=Availability.ACTIVE,
            by=STAFF,
            guards=(guards.its_labels_are_still_its_own,),
            writes=writes.restore,
            audience=OFFICE,
        ),
    ),
    commands=(
        Transition(
            name="create",
            doc="Write down what clients can be told.",
            by=STAFF,
            target=Availability.ACTIVE,
            creates=True,
            takes=takes.StatusTemplateEntry,
            checks=WELL_WRITTEN,
            writes=writes.create,
            audience=OFFICE,
        ),
        Transition(
            name="amend",
            doc="Replace a template as a whole; orders keep what they have copied until it is applied to them.",
            sources=ACTIVE,
            by=STAFF,
            takes=takes.StatusTemplateEntry,
            checks=WELL_WRITTEN,
            writes=writes.amend,
            audience=OFFICE,
        ),
    ),
)
