"""Client statuses, their pending changes and their history as the operator's people and members see them."""

from datetime import date, datetime

import strawberry

from domain.automations.scope import AUTOMATIONS_SCOPE
from domain.client_status.contradictions.rules import CONTRADICTS, of_own_order
from domain.client_status.model import KeptUntil, StatusOrigin, Visibility
from domain.client_status.notices.staleness import IS_STALE
from domain.client_status.scope import ORDER_IS_VISIBLE, PENDING_STATUSES_SCOPE, order_where
from domain.hidden_reasons import CHANGE_HIDDEN_BY, STATUS_HIDDEN_BY
from domain.orders.scope import ORDERS_SCOPE
from domain.status_templates.kinds import StatusKind
from domain.status_templates.scope import STATUS_TEMPLATES_SCOPE
from schema.declarations.fields import column, embedded, to_one
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.client_status.contradictions import Contradiction
from schema.operations.client_status.templates import StatusTemplate
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.references import AnAutomation, AnOrder
from schema.shared.actions import OpenAction
from schema.shared.client_status import ClientStatusChangeFields, ClientStatusFields
from schema.shared.field_order import field_order
from schema.shared.translated_fields import localized_column, translated

VISIBLE_NOW = f"({{t}}.visibility = 'SHOWN' AND {order_where(ORDER_IS_VISIBLE)})"


@strawberry.type(description="A change of what a client is told that nobody sees yet; it can be taken back.")
class PendingStatus:
    """A change that waits out its quiet period."""

    visible_from: datetime = column(description="When the client sees it.")
    name: str = column(description="What the client will call the work.")
    label: str = column(localized_column("label"), description="The status in a word or two, in the viewer's language.")
    description: str = column(
        localized_column("description"), description="A sentence or two, in the viewer's language."
    )
    color: str = column(description="Its colour.")
    expected_on: date | None = column(description="The day the client may expect the result.")
    actor_name: str = column(description="Who or what changed it.")
    template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on="{t}.id = {p}.template_id",
        description="The template its texts were copied from, edited by hand or not.",
    )


@field_order(
    """
    id visibility visibility_label visible_now version name label label_de label_en description
    description_de description_en color expected_on kind edited_by_hand kept_until kept_until_on stale
    contradiction pending origin automation template changed_at shown_since hidden_from_customer
    change_hidden_from_customer order open_actions
    """
)
@strawberry.type(description="What a client is told about an order, or would be if it were shown.")
class ClientStatus(ClientStatusFields):
    """The client status of an order."""

    visibility: Visibility = column(description="Whether it is shown.")
    visibility_label: str = translated(
        "status.visibility", "{t}.visibility", description="That in the viewer's language."
    )
    visible_now: bool = column(VISIBLE_NOW, description="Whether the client effectively sees it now.")
    version: int = column(description="Counts its own changes; for `expectedVersion`.")
    label_de: str = column(description="That in German.")
    label_en: str = column(description="That in English.")
    description_de: str = column(description="That in German.")
    description_en: str = column(description="That in English.")
    edited_by_hand: bool = column(description="Whether texts or colour were written by hand.")
    kept_until: KeptUntil | None = column(description="Until when what was written by hand wins over automations.")
    kept_until_on: date | None = column(description="The last day of that, where it lasts until a date.")
    stale: bool = column(
        f"EXISTS (SELECT 1 FROM orders held WHERE held.id = {{t}}.id AND {IS_STALE.replace('{o}', 'held')})",
        sql_by_parent={ORDERS_SCOPE: IS_STALE.replace("{o}", "{p}")},
        description="Whether it has not changed for longer than the rules allow.",
    )
    kind: StatusKind | None = column(description="What it claims about the work; null for nothing.")
    contradiction: Contradiction | None = embedded(
        when=of_own_order(CONTRADICTS),
        description="Why what the client reads does not fit the facts; null while it fits, and while nobody sees it.",
    )
    pending: PendingStatus | None = to_one(
        PENDING_STATUSES_SCOPE, on="{t}.id = {p}.id", description="A change that waits out its quiet period."
    )
    origin: StatusOrigin = column(description="What set it.")
    automation: AnAutomation | None = to_one(
        AUTOMATIONS_SCOPE,
        on="{t}.id = {p}.automation_id",
        description="The automation that set it; null for members and for what people set.",
    )
    template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on="{t}.id = {p}.template_id",
        description="The template its texts were copied from, edited by hand or not.",
    )
    hidden_from_customer: HiddenBy | None = hidden_by(STATUS_HIDDEN_BY)
    change_hidden_from_customer: HiddenBy | None = hidden_by(
        CHANGE_HIDDEN_BY, "Why its customer still sees what was there before a newer change; null when they do not."
    )
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.id", description="The order it speaks of.")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("clientStatus")


@field_order(
    """
    id visibility visibility_label name event seen label description color expected_on origin automation
    template actor_name changed_at
    """
)
@strawberry.type(description="One change of what a client is told.")
class ClientStatusChange(ClientStatusChangeFields):
    """One change of a client status."""

    visibility: Visibility = column(description="Whether it was shown from then on.")
    visibility_label: str = translated(
        "status.visibility", "{t}.visibility", description="That in the viewer's language."
    )
    event: str = column(description="The move that changed it, like `clientStatus.show`.")
    seen: bool = column(description="Whether it reached the client's eyes.")
    origin: StatusOrigin = column(description="What changed it.")
    automation: AnAutomation | None = to_one(
        AUTOMATIONS_SCOPE,
        on="{t}.id = {p}.automation_id",
        description="The automation that changed it; null for members and for what people changed.",
    )
    template: StatusTemplate | None = to_one(
        STATUS_TEMPLATES_SCOPE,
        on="{t}.id = {p}.template_id",
        description="The template its texts came from.",
    )
    actor_name: str = column(description="Who changed it.")
