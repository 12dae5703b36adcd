"""Supplements as members and the operator's people see them."""

import strawberry

from domain.billing.scope import LINES_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, to_one
from schema.operations.references import ABillableLine, AnOrder
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.billing.supplements import SupplementFields
from schema.shared.field_order import field_order
from schema.shared.pagination import Connection


@field_order(
    """
    id status status_label status_help version order order_number project line text quantity unit_price currency
    vat_category vat_rate net vat gross invoice_on service_from service_to offered_at valid_until ends_at
    answered_at answered_by decline_reason deadlines events
    """
)
@strawberry.type(description="A further invoice of a running order that its customer is asked to confirm.")
class Supplement(SupplementFields):
    """A further invoice that the customer is asked to confirm."""

    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="Its order.")
    line: ABillableLine | None = to_one(
        LINES_SCOPE, on="{t}.id = {p}.line_id", description="The line that waits for the answer."
    )
    decline_reason: str | None = column(description="Why the customer declined, where they said it.")
    deadlines: list[Deadline] = deadlines_field("supplement")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'supplement'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
