"""Deliveries as customers see them: submitted versions, and their own review."""

from datetime import datetime

import strawberry

from domain.deliveries.model import AcceptedBy
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.orders.model import ReviewUnit
from domain.orders.scope import ORDERS_SCOPE
from schema.declarations.fields import column, computed, embedded, filter_field, ordering, sort_key, to_many, to_one
from schema.portal.api_profile import OPEN_ACTIONS
from schema.portal.enums import DeliveryStatus
from schema.portal.references import AnOrder
from schema.portal.timeline import Deadline, TimelineEntry, deadlines_field, timeline_field
from schema.shared.actions import OpenAction
from schema.shared.deliveries import ReviewFacts, extensions_left, latest_extension
from schema.shared.filters import EnumFilter, IdFilter
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

ORDER_COLUMN = "(SELECT o.{column} FROM orders o WHERE o.id = {{t}}.order_id)"
ORDER_NUMBER = ORDER_COLUMN.format(column="number")


@strawberry.type(description="Something wrong with a version, in the customer's words.")
class Defect:
    """Something wrong with a version."""

    id: strawberry.ID = column(id_prefix="def", description="The defect's identifier.")
    version_number: int = column(description="The version it was found in.")
    text: str = column(description="What is wrong.")
    created_at: datetime = column(description="When it was named.")


@strawberry.type(description="What was submitted; it never changes.")
class DeliveryVersion:
    """What was submitted; it never changes."""

    id: strawberry.ID = column(id_prefix="dlv", description="The version's identifier.")
    number: int = column(description="Its number, from 1.")
    description: str = column(description="What was delivered.")
    link: str | None = column(description="Where the work can be seen.")
    submitted_at: datetime = column(description="When it was submitted.")
    defects: list[Defect] = to_many(
        DEFECTS_SCOPE,
        on="{t}.delivery_id = {p}.delivery_id AND {t}.version_number = {p}.number",
        order="{t}.id",
        limit=50,
        description="What you found wrong with it.",
    )


@strawberry.type(description="Your review of a delivery.")
class Review:
    """The customer's review of a delivery."""

    ends_at: datetime | None = column("{t}.review_ends_at", description="When silence means acceptance.")
    awaits_mail: bool = column(
        "{t}.review_awaits_mail", description="Whether it starts only once the mail about it was accepted."
    )
    length: int = column(ORDER_COLUMN.format(column="review_length"), description="How long it lasts as a whole.")
    unit: ReviewUnit = column(ORDER_COLUMN.format(column="review_unit"), description="How that length counts.")
    paused: bool = column(
        "{t}.review_left_seconds IS NOT NULL", description="Whether it rests during a cancellation review."
    )
    extensions_left: int = computed(ReviewFacts, extensions_left, description="How often it may still be extended.")
    latest_extension: datetime | None = computed(
        ReviewFacts, latest_extension, description="How far it can be extended now."
    )


@strawberry.type(description="A delivery of an order.")
class Delivery:
    """A delivery of an order."""

    id: strawberry.ID = column(id_prefix="del", description="The delivery's identifier.")
    position: int = column(description="Its number within the order, from 1.")
    status: DeliveryStatus = column(description="Where it stands.")
    status_label: str = translated("status.delivery", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    order_number: str = column(ORDER_NUMBER, description="The number of its order.")
    order: AnOrder | None = to_one(
        ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="The order, where the customer sees it."
    )
    current_number: int = column(description="The number of the newest version, to be named on acceptance.")
    current_version: DeliveryVersion | None = to_one(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id AND {t}.number = {p}.current_number",
        description="The newest version.",
    )
    versions: list[DeliveryVersion] = to_many(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        order="{t}.number",
        limit=50,
        description="All versions, first to last.",
    )
    delivered_at: datetime | None = column(description="When it was last submitted.")
    review: Review | None = embedded(
        when="{t}.status = 'DELIVERED'", description="Your review; only while it is awaited."
    )
    accepted_at: datetime | None = column(description="When it was accepted.")
    accepted_by: AcceptedBy | None = column(description="Whether by the customer or by silence.")
    rating: int | None = column(description="How content the customer is, from 1 to 5.")
    canceled_at: datetime | None = column(description="When it was canceled.")
    deadlines: list[Deadline] = deadlines_field("delivery")
    timeline: Connection[TimelineEntry] = timeline_field("{t}.subject_id = {p}.id AND {t}.subject_kind = 'delivery'")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("delivery")


@strawberry.input(description="Which deliveries to list; all that is given must hold.")
class DeliveryWhere:
    """Which deliveries to list."""

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
