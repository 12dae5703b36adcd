"""Client statuses, the customer's work in progress."""

from datetime import date

import strawberry

from domain.client_status.contradictions.rules import CONTRADICTS, of_own_order
from domain.client_status.scope import CLIENT_STATUS_CHANGES_SCOPE
from domain.deliveries.scope import DELIVERIES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, computed, connection, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.portal.next_steps import NextStep, WorkInProgressFacts, work_next_steps
from schema.portal.progress import ExpectedDayMove, expected_day_move_field
from schema.portal.references import ADelivery, AnOrder
from schema.shared.client_status import CHANGE_SORTS, ClientStatusChangeFields, ClientStatusFields
from schema.shared.field_order import field_order
from schema.shared.filters import IdFilter
from schema.shared.pagination import Connection

EXPECTED_ON = "CASE WHEN {t}.kind IS DISTINCT FROM 'DONE' THEN {t}.expected_on END"


@strawberry.type(description="What the customer was told from then on.")
class ClientStatusChange(ClientStatusChangeFields):
    """One earlier client status."""


@field_order(
    """
    id name label description color expected_on expected_day_move overtaken shown_since changed_at order
    delivery_to_review next_steps history
    """
)
@strawberry.type(description="How a piece of work is getting on.")
class ClientStatus(ClientStatusFields):
    """The client status of a piece of work."""

    expected_on: date | None = column(
        EXPECTED_ON, description="The day the client may expect the result; null once the status says that it is done."
    )
    expected_day_move: ExpectedDayMove | None = expected_day_move_field()
    overtaken: bool = column(
        of_own_order(CONTRADICTS), description="Whether the work has moved on since this was written."
    )
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.id", description="The order, where the customer sees it."
    )
    delivery_to_review: ADelivery | None = to_one(
        DELIVERIES_SCOPE,
        on="{t}.order_id = {p}.order_id AND {t}.status = 'DELIVERED'",
        order="{t}.position DESC",
        description="The delivery of this work that awaits a review.",
    )
    next_steps: list[NextStep] = computed(
        WorkInProgressFacts,
        work_next_steps,
        description="What the viewer has to do now; empty when there is nothing to do.",
    )
    history: Connection[ClientStatusChange] = connection(
        CLIENT_STATUS_CHANGES_SCOPE,
        on="{t}.order_id = {p}.id",
        sorts=CHANGE_SORTS,
        description="What was told until now, the newest first.",
    )


@where_input(description="Which pieces of work to list; all that is given must hold.")
class ClientStatusWhere:
    """The filter of lists of client statuses."""

    id: IdFilter | None = filter_field(
        id_prefix="cst", description="By identifier; that of its order is taken, too, until 2027-06-30."
    )
    order: IdFilter | None = filter_field("{t}.id", id_prefix="ord", description="By order.")


CLIENT_STATUS_SORTS = ordering(
    "ClientStatus",
    default="-CHANGED_AT",
    CHANGED_AT=sort_key("coalesce({t}.changed_at, '-infinity')", "timestamptz", description="When it last changed."),
    EXPECTED_ON=sort_key(
        "coalesce({t}.expected_on, '9999-12-31'::date)",
        "date",
        description="The day the result may be expected; without one last.",
    ),
    NAME=sort_key("{t}.name", description="The name."),
)
