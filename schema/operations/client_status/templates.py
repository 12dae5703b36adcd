"""Templates of client statuses in both languages, with their use, and the rules for all client statuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from domain.client_status.reads import COPIES, OUTDATED_COPIES
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel.actors import OFFICE_KINDS, ActorKind
from domain.kernel.availability import Availability
from domain.status_templates.facts import USED_BY
from domain.status_templates.kinds import StatusKind
from domain.status_templates.model import Notification
from domain.status_templates.placeholders import PLACEHOLDERS, placeholders_in
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key
from schema.declarations.types import number_up_to_bound
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.shared.actions import OpenAction
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.node import Node
from schema.shared.pagination import BoundedCount, bounded_count
from schema.shared.translated_fields import localized_column, translated

KINDS_SEEING_ALL_ORDERS = OFFICE_KINDS - {ActorKind.STAFF_ASSIGNED}


@dataclass(frozen=True)
class TextFacts:
    """The texts in which placeholders may stand."""

    label_de: str = fact("{t}.label_de")
    label_en: str = fact("{t}.label_en")
    description_de: str = fact("{t}.description_de")
    description_en: str = fact("{t}.description_en")


def placeholders(texts: TextFacts, _arguments: Mapping[str, Any], _context: EvaluationContext) -> list[str]:
    """The placeholders in any of the texts, always in the same order."""
    used = placeholders_in(texts.label_de, texts.label_en, texts.description_de, texts.description_en)
    return [name for name in PLACEHOLDERS if name in used]


@dataclass(frozen=True)
class CopyFacts:
    """The number of orders that have copied a template, up to the bound of counts."""

    copies: int = fact(number_up_to_bound(COPIES))


@dataclass(frozen=True)
class OutdatedCopyFacts:
    """The number of those that can get its newest edition, up to the bound of counts."""

    copies: int = fact(number_up_to_bound(OUTDATED_COPIES))


def count_copies(
    facts: CopyFacts | OutdatedCopyFacts, _arguments: Mapping[str, Any], _context: EvaluationContext
) -> BoundedCount:
    """The number of copies as the count of a list."""
    return bounded_count(facts.copies)


@strawberry.type(description="What clients can be told about an order; it is copied when it is assigned.")
class StatusTemplate(Node):
    """A template of client statuses."""

    id: strawberry.ID = column(id_prefix="stt", description="The template's identifier.")
    state: Availability = column(description="Whether it can be chosen.")
    state_label: str = translated("status.availability", "{t}.state", description="That in the viewer's language.")
    version: int = column(description="Counts all its changes; for `expectedVersion`.")
    edition: int = column(description="Counts changes of its texts, its colour and its kind, which orders copy.")
    position: int = column(description="Its place among the templates.")
    color: str = column(description="Its colour, like `#2563eb`.")
    label: str = column(localized_column("label"), description="The status in the viewer's language.")
    label_de: str = column(description="The status in German.")
    label_en: str = column(description="The status in English.")
    description: str = column(localized_column("description"), description="A sentence or two in that language.")
    description_de: str = column(description="A sentence or two in German.")
    description_en: str = column(description="A sentence or two in English.")
    placeholders: list[str] = computed(
        TextFacts, placeholders, description="The placeholders in its texts, which every order fills: `project`."
    )
    kind: StatusKind | None = column(description="What it claims about the work; null for nothing.")
    kind_label: str | None = translated("status.statusKind", "{t}.kind", description="That in the viewer's language.")
    notification: Notification = column(description="Whether clients are mailed when it is shown, and when.")
    notification_label: str = translated(
        "status.notification", "{t}.notification", description="That in the viewer's language."
    )
    orders: BoundedCount | None = computed(
        CopyFacts,
        count_copies,
        only_for=KINDS_SEEING_ALL_ORDERS,
        description="How many orders have copied it; null for those who do not see all orders.",
    )
    outdated_orders: BoundedCount | None = computed(
        OutdatedCopyFacts,
        count_copies,
        only_for=KINDS_SEEING_ALL_ORDERS,
        description="How many of them hold an older edition that nobody edited by hand: those it can be applied to.",
    )
    used_by: list[str] | None = column(
        USED_BY,
        only_for=OFFICE_KINDS,
        description="Names of the automations and order templates that work with it; null for members.",
    )
    created_at: datetime = column(description="When it was created.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("statusTemplate")


@where_input(description="Which status templates to list; all that is given must hold.")
class StatusTemplateWhere:
    """The filter of status template lists."""

    id: IdFilter | None = filter_field(id_prefix="stt", description="By identifier.")
    state: EnumFilter[Availability] | None = filter_field(description="By whether they can be chosen.")


STATUS_TEMPLATE_SORTS = ordering(
    "StatusTemplate",
    default="POSITION",
    POSITION=sort_key("{t}.position", "int", description="The place among the templates."),
)


@strawberry.type(description="The rules for client statuses: quiet period, staleness, daily mails.")
class StatusRules(Node):
    """The rules for client statuses."""

    id: strawberry.ID = column(id_prefix="sru", description="The rules' identifier.")
    version: int = column(description="Counts their changes; for `expectedVersion`.")
    quiet_minutes: int = column(description="How many minutes a change waits unseen and can be taken back.")
    stale_after_days: int | None = column(
        description="After how many days without a change a shown status is stale; null for never."
    )
    digest_hour: int = column(description="The full hour at which daily mails are sent, in the operator's zone.")
    applies_fitting_status: bool = column(
        description="Whether a status that contradicts the facts is replaced by itself; texts by hand stay."
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("statusRules")
