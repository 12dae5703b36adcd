"""Deliveries as customers see them: submitted versions, and their own review."""

import strawberry

from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, embedded, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.enums import DeliveryStatus
from schema.portal.files import File
from schema.portal.references import AnOrder
from schema.portal.timeline import Deadline, TimelineEntry, deadlines_field, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.deliveries.acceptance_records import AcceptanceRecord, acceptance_record_field
from schema.shared.deliveries.delivery import (
    ORDER_COLUMN,
    DeliveryFields,
    DeliveryVersionFields,
    ReviewFields,
    current_version_field,
    version_files_field,
    versions_field,
)
from schema.shared.field_order import field_order
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.pagination import Connection

ORDER_NUMBER = ORDER_COLUMN.format(column="number")


@strawberry.type(description="Your review of a delivery.")
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
    id position status status_label status_help version order_number order current_number current_version versions
    defects delivered_at review accepted_at accepted_by rating acceptance_record canceled_at deadlines
    timeline open_actions
    """
)
@strawberry.type(description="A delivery of an order.")
class Delivery(DeliveryFields):
    """A delivery of an order."""

    status: DeliveryStatus = column(description="Where it stands.")
    current_version: DeliveryVersion | None = current_version_field()
    versions: list[DeliveryVersion] = versions_field()
    order_number: str = column(ORDER_NUMBER, description="The number of its order.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order, where the customer sees it."
    )
    review: Review | None = embedded(
        when="{t}.status = 'DELIVERED'", description="Your review; only while it is awaited."
    )
    acceptance_record: AcceptanceRecord | None = acceptance_record_field()
    deadlines: list[Deadline] = deadlines_field("delivery")
    timeline: Connection[TimelineEntry] = timeline_field("{t}.subject_id = {p}.id AND {t}.subject_kind = 'delivery'")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("delivery")


@where_input(description="Which deliveries to list; all that is given must hold.")
class DeliveryWhere:
    """The filter of delivery lists."""

    id: IdFilter | None = filter_field(id_prefix="del", description="By identifier.")
    status: EnumFilter[DeliveryStatus] | None = filter_field(description="By where they stand.")
    order: IdFilter | None = filter_field("{t}.order_id", id_prefix="ord", description="By order.")


DELIVERY_SORTS = ordering(
    "Delivery",
    default="-DELIVERED_AT",
    DELIVERED_AT=sort_key(
        "coalesce({t}.delivered_at, '-infinity')", "timestamptz", description="When it was last submitted."
    ),
    REVIEW_ENDS_AT=sort_key(
        "coalesce({t}.review_ends_at, 'infinity')", "timestamptz", description="When its review ends; others last."
    ),
)
