"""The life of a delivery, from a member's draft to acceptance by the customer or by silence."""

from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.model import LinkPurpose
from domain.core.actors import Role
from domain.core.lifecycle import EVERYONE, Lifecycle, Timer, Transition
from domain.deliveries import guards, review, takes, writes
from domain.deliveries.commands import COMMANDS, OPEN
from domain.deliveries.facts import DeliveryFacts
from domain.deliveries.model import Delivery, DeliveryStatus
from domain.deliveries.sources import DELIVERIES_SOURCE
from domain.orders.guards import the_order_is_at_hand
from domain.orders.model import OrderStatus

DRAFT = DeliveryStatus.DRAFT
DELIVERED = DeliveryStatus.DELIVERED
REVISION_REQUESTED = DeliveryStatus.REVISION_REQUESTED
ACCEPTED = DeliveryStatus.ACCEPTED
CANCELED = DeliveryStatus.CANCELED

MEMBER, CUSTOMER, CLOCK = frozenset({Role.MEMBER}), frozenset({Role.CUSTOMER}), frozenset({Role.CLOCK})


async def order_of(connection: BaseDBAsyncClient, delivery_id: UUID) -> list[UUID]:
    """The one order that is locked before a delivery."""
    rows = await connection.execute_query_dict("SELECT order_id FROM deliveries WHERE id = $1", [delivery_id])
    return [row["order_id"] for row in rows]


TRANSITIONS = (
    Transition(
        name="create",
        doc="The member opens a delivery and prepares it unseen by the customer.",
        creates=True,
        on_noun="order",
        sources=frozenset({OrderStatus.ACTIVE}),
        target=DRAFT,
        by=MEMBER,
        guards=(the_order_is_at_hand, guards.no_other_delivery_is_open),
        writes=writes.open_delivery,
    ),
    Transition(
        name="submit",
        doc="The member delivers: the customer is told and the review begins.",
        sources=frozenset({DRAFT}),
        target=DELIVERED,
        by=MEMBER,
        takes=takes.Submission,
        guards=(
            guards.the_order_is_active,
            guards.the_order_is_not_archived,
            guards.the_work_is_described,
        ),
        checks=(guards.there_is_a_link_or_no_file,),
        writes=writes.submit_the_draft,
        notifies=CUSTOMER,
        link=LinkPurpose.REVIEW,
        audience=EVERYONE,
    ),
    Transition(
        name="accept",
        doc="The customer accepts the version they have seen.",
        sources=frozenset({DELIVERED, REVISION_REQUESTED}),
        target=ACCEPTED,
        by=CUSTOMER,
        takes=takes.Acceptance,
        guards=(guards.the_review_is_not_paused,),
        checks=(guards.the_seen_version_is_current,),
        writes=writes.accept_as_customer,
        already=lambda delivery: delivery.status is ACCEPTED,
        notifies=MEMBER,
        audience=EVERYONE,
    ),
    Transition(
        name="autoAccept",
        doc="Nobody answered in time: the delivery is accepted by silence.",
        sources=frozenset({DELIVERED}),
        target=ACCEPTED,
        by=CLOCK,
        guards=(guards.the_review_is_not_paused, guards.the_review_has_ended),
        writes=writes.accept_by_silence,
        due=review.review_ends,
        basis="review_ends_at",
        settles_late=True,
        notifies=MEMBER | CUSTOMER,
        audience=EVERYONE,
    ),
    Transition(
        name="requestRevision",
        doc="The customer names what has to be put right; the review stops.",
        sources=frozenset({DELIVERED}),
        target=REVISION_REQUESTED,
        by=CUSTOMER,
        takes=takes.RevisionRequest,
        guards=(guards.the_review_is_not_paused, guards.the_review_is_open),
        checks=(guards.every_defect_is_named,),
        writes=writes.keep_the_defects,
        open_until=review.review_ends,
        too_late=guards.silence_accepted_it,
        notifies=MEMBER,
        audience=EVERYONE,
    ),
    Transition(
        name="resubmit",
        doc="The member delivers a new version and a new review begins.",
        sources=frozenset({REVISION_REQUESTED}),
        target=DELIVERED,
        by=MEMBER,
        takes=takes.Submission,
        guards=(
            guards.the_order_still_runs,
            guards.the_order_is_not_archived,
            guards.the_work_is_described,
        ),
        checks=(guards.there_is_a_link_or_no_file,),
        writes=writes.submit_the_draft,
        notifies=CUSTOMER,
        link=LinkPurpose.REVIEW,
        audience=EVERYONE,
    ),
    Transition(
        name="discard",
        doc="The member throws a draft away that was never delivered.",
        sources=frozenset({DRAFT}),
        target=CANCELED,
        by=MEMBER,
        writes=writes.discard,
    ),
    Transition(
        name="cancel",
        doc="The order was canceled, and with it the delivery that was open.",
        sources=OPEN,
        target=CANCELED,
        by=CLOCK,
        writes=writes.cancel,
        audience=EVERYONE,
    ),
)

REMINDERS = (
    Timer(
        kind="delivery.reviewReminder",
        doc="The review ends in 24 hours.",
        while_in=frozenset({DELIVERED}),
        due=review.reminder_due,
        basis="review_ends_at",
        notifies=CUSTOMER,
    ),
    Timer(
        kind="delivery.unsent",
        doc="The mail on which a consumer's review waits was not accepted within 24 hours.",
        while_in=frozenset({DELIVERED}),
        due=review.unsent_mail_due,
        basis="delivered_at",
        notifies=frozenset({Role.STAFF, Role.ADMIN}),
    ),
)

DELIVERIES = Lifecycle(
    noun="delivery",
    id_prefix="del",
    model=Delivery,
    facts=DeliveryFacts,
    source=DELIVERIES_SOURCE,
    states=DeliveryStatus,
    start=None,
    transitions=TRANSITIONS,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_of=order_of,
)
