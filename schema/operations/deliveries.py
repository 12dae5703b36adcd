"""Deliveries as members and the operator's people see them."""

from datetime import datetime

import strawberry

from domain.deliveries.model import DeliveryStatus
from domain.hidden_reasons import DELIVERY_HIDDEN_BY
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import column, connection, embedded, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.files import File
from schema.operations.references import AnOrder
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.deliveries.acceptance_records import AcceptanceRecord, acceptance_record_field
from schema.shared.deliveries.delivery import (
    DeliveryFields,
    DeliveryVersionFields,
    ReviewFields,
    current_version_field,
    files_field,
    version_files_field,
    versions_field,
)
from schema.shared.field_order import field_order
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter
from schema.shared.pagination import Connection


@strawberry.type(description="The customer's review of a delivery.")
class Review(ReviewFields):
    """The customer's review of a delivery."""


@field_order(
    """
    id number description link files archive_url submitted_at defects
    """
)
@strawberry.type(description="What was submitted; it never changes.")
class DeliveryVersion(DeliveryVersionFields):
    """A submitted version; it never changes."""

    files: list[File] = version_files_field()


@field_order(
    """
    id position status status_label status_help version order draft_description draft_link draft_files
    current_number
    current_version versions defects delivered_at review revisions accepted_at accepted_by rating
    acceptance_record
    canceled_at created_at hidden_from_customer deadlines events open_actions
    """
)
@strawberry.type(description="A delivery of an order, with its versions.")
class Delivery(DeliveryFields):
    """A delivery of an order."""

    status: DeliveryStatus = column(description="Where it stands.")
    current_version: DeliveryVersion | None = current_version_field()
    versions: list[DeliveryVersion] = versions_field()
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="Its order.")
    draft_description: str = column(description="The member's next version, not yet submitted: what it is.")
    draft_link: str | None = column(description="The member's next version: where it can be seen.")
    draft_files: list[File] = files_field(
        "{p}.id", "{p}.current_number + 1", "The member's next version: its files, in their order."
    )
    review: Review | None = embedded(
        when="{t}.status = 'DELIVERED'", description="The customer's review; only while it is under review."
    )
    acceptance_record: AcceptanceRecord | None = acceptance_record_field()
    revisions: int = column(description="How often the customer asked for a revision.")
    created_at: datetime = column(description="When it was begun.")
    hidden_from_customer: HiddenBy | None = hidden_by(DELIVERY_HIDDEN_BY)
    deadlines: list[Deadline] = deadlines_field("delivery")
    events: Connection[Event] = connection(
        EVENTS_SCOPE,
        on="{t}.subject_id = {p}.id AND {t}.subject_kind = 'delivery'",
        sorts=EVENT_SORTS,
        description="What happened to it.",
    )
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("delivery")


@where_input(description="Which deliveries to list; all that is given must hold.")
class DeliveryWhere:
    """The filter of delivery lists."""

    id: IdFilter | None = filter_field(id_prefix="del", description="By identifier.")
    status: EnumFilter[DeliveryStatus] | None = filter_field(description="By where it stands.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")
    delivered_at: DateTimeFilter | None = filter_field(description="By when it was last submitted.")


DELIVERY_SORTS = ordering(
    "Delivery",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When it was begun."),
    DELIVERED_AT=sort_key(
        "coalesce({t}.delivered_at, '-infinity')", "timestamptz", description="When it was last submitted."
    ),
    REVIEW_ENDS_AT=sort_key(
        "coalesce({t}.review_ends_at, 'infinity')", "timestamptz", description="When its review ends; others last."
    ),
)
