"""Deliveries as members and the operator's people see them."""

from datetime import datetime

import strawberry

from domain.customer_visibility import DELIVERY_HIDDEN_BY
from domain.deliveries.model import AcceptedBy, DeliveryStatus
from domain.deliveries.scope import DEFECTS_SCOPE, DELIVERY_VERSIONS_SCOPE
from domain.orders.scope import ORDERS_SCOPE
from domain.timeline import EVENTS_SCOPE
from schema.declarations.fields import (
    column,
    computed,
    connection,
    embedded,
    filter_field,
    ordering,
    sort_key,
    to_many,
    to_one,
)
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.customer_visibility import HiddenBy, hidden_by
from schema.operations.references import AnOrder
from schema.operations.timeline import EVENT_SORTS, Deadline, Event, deadlines_field
from schema.shared.actions import OpenAction
from schema.shared.deliveries import ReviewFacts, extensions_left, latest_extension
from schema.shared.filters import DateTimeFilter, EnumFilter, IdFilter
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated


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
        description="What the customer found wrong with it.",
    )


@strawberry.type(description="The customer's review of a delivery.")
class Review:
    """The customer's review of a delivery."""

    ends_at: datetime | None = column("{t}.review_ends_at", description="When silence means acceptance.")
    awaits_mail: bool = column(
        "{t}.review_awaits_mail", description="Whether it starts only once the mail about it was accepted."
    )
    paused: bool = column(
        "{t}.review_left_seconds IS NOT NULL", description="Whether it rests during a cancellation review."
    )
    extensions: int = column("{t}.extensions", description="How often it was extended.")
    extensions_left: int = computed(ReviewFacts, extensions_left, description="How often it may still be extended.")
    latest_extension: datetime | None = computed(
        ReviewFacts, latest_extension, description="How far it can be extended now."
    )


@strawberry.type(description="A delivery of an order, with its versions.")
class Delivery:
    """A delivery of an order."""

    id: strawberry.ID = column(id_prefix="del", description="The delivery's identifier.")
    position: int = column(description="Its number within the order, from 1.")
    status: DeliveryStatus = column(description="Where it stands.")
    status_label: str = translated("status.delivery", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    order: AnOrder | None = to_one(ORDERS_SCOPE, on="{t}.id = {p}.order_id", description="Its order.")
    draft_description: str = column(description="The member's next version, not yet submitted: what it is.")
    draft_link: str | None = column(description="The member's next version: where it can be seen.")
    current_number: int = column(description="The number of the newest submitted version; 0 before the first.")
    current_version: DeliveryVersion | None = to_one(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id AND {t}.number = {p}.current_number",
        description="The newest submitted version.",
    )
    versions: list[DeliveryVersion] = to_many(
        DELIVERY_VERSIONS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        order="{t}.number",
        limit=50,
        description="All submitted versions, first to last.",
    )
    defects: list[Defect] = to_many(
        DEFECTS_SCOPE,
        on="{t}.delivery_id = {p}.id",
        order="{t}.id",
        limit=100,
        description="Everything the customer found wrong, first to last.",
    )
    delivered_at: datetime | None = column(description="When it was last submitted.")
    review: Review | None = embedded(
        when="{t}.status = 'DELIVERED'", description="The customer's review; only while it is under review."
    )
    revisions: int = column(description="How often the customer asked for a revision.")
    accepted_at: datetime | None = column(description="When it was accepted.")
    accepted_by: AcceptedBy | None = column(description="Whether by the customer or by silence.")
    rating: int | None = column(description="How content the customer is, from 1 to 5.")
    canceled_at: datetime | None = column(description="When it was canceled.")
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


@strawberry.input(description="Which deliveries to list; all that is given must hold.")
class DeliveryWhere:
    """Which deliveries to list."""

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
