"""The life of an order: from a member's draft through review and the customer's answer to completion."""

from datetime import timedelta
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.accounts.model import LinkPurpose
from domain.core.actors import Role
from domain.core.lifecycle import EVERYONE, Choice, Lifecycle, Timer, Transition
from domain.core.moment import Moment
from domain.orders import deadlines, guards, takes, writes
from domain.orders.commands import COMMANDS
from domain.orders.facts import OrderFacts
from domain.orders.model import Order, OrderStatus
from domain.orders.sources import ORDERS_SOURCE

FAMILY = """SELECT $1::uuid AS id UNION SELECT theirs.order_id FROM billable_lines ours
    JOIN billable_lines theirs ON theirs.invoice_id = ours.invoice_id
    WHERE ours.order_id = $1 AND theirs.order_id IS NOT NULL"""
DAILY = timedelta(days=1)
MEMBER, CUSTOMER, STAFF, ADMIN, CLOCK = Role.MEMBER, Role.CUSTOMER, Role.STAFF, Role.ADMIN, Role.CLOCK


async def order_and_those_it_shares_invoices_with(connection: BaseDBAsyncClient, order_id: UUID) -> list[UUID]:
    """The orders to lock before one is moved: what follows may reach an invoice shared with others."""
    return [row["id"] for row in await connection.execute_query_dict(FAMILY, [order_id])]


def offered_or_active(order: OrderFacts, moment: Moment) -> OrderStatus:
    return OrderStatus.ACTIVE if order.skip_confirmation else OrderStatus.AWAITING_CUSTOMER


REVIEW = (
    Transition(
        name="submit",
        doc="The member hands the order to the operator for review; the offer and the fee are frozen.",
        sources=frozenset({OrderStatus.DRAFT}),
        target=OrderStatus.IN_REVIEW,
        by=frozenset({MEMBER}),
        guards=(
            guards.the_membership_is_active,
            guards.the_project_is_named,
            guards.customer_and_contact_are_chosen,
            guards.the_billing_plan_is_complete,
            guards.the_service_period_is_set,
            guards.the_offer_has_an_end,
        ),
        writes=writes.freeze_the_offer,
    ),
    Transition(
        name="approve",
        doc="The operator approves; the customer is asked by mail, or the order is active at once.",
        sources=frozenset({OrderStatus.IN_REVIEW}),
        target=Choice(among=frozenset({OrderStatus.AWAITING_CUSTOMER, OrderStatus.ACTIVE}), of=offered_or_active),
        by=frozenset({STAFF}),
        guards=(guards.the_offer_can_still_be_answered, guards.the_contact_can_be_reached),
        takes=takes.OptionalComment,
        writes=writes.offer_or_activate,
        notifies=frozenset({CUSTOMER, MEMBER}),
        link=LinkPurpose.OFFER,
        audience=EVERYONE,
    ),
    Transition(
        name="sendBack",
        doc="The operator asks the member to change something.",
        sources=frozenset({OrderStatus.IN_REVIEW}),
        target=OrderStatus.DRAFT,
        by=frozenset({STAFF}),
        takes=takes.RequiredComment,
        writes=writes.keep_the_comment,
        notifies=frozenset({MEMBER}),
    ),
    Transition(
        name="reject",
        doc="The operator declines the order.",
        sources=frozenset({OrderStatus.IN_REVIEW}),
        target=OrderStatus.REJECTED,
        by=frozenset({STAFF}),
        takes=takes.RequiredReason,
        writes=writes.reject_as_operator,
        notifies=frozenset({MEMBER}),
    ),
)

ANSWER = (
    Transition(
        name="confirm",
        doc="The customer accepts the offer; the order is active.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.ACTIVE,
        by=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        checks=(guards.the_seen_revision_is_current,),
        takes=takes.Confirmation,
        writes=writes.keep_who_confirmed,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="requestChanges",
        doc="The customer wants the offer changed; it goes back to review and the link is void.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.IN_REVIEW,
        by=frozenset({CUSTOMER}),
        guards=(guards.offer_is_open,),
        takes=takes.ChangeMessage,
        writes=writes.take_the_offer_back_for_changes,
        notifies=frozenset({MEMBER, STAFF}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="decline",
        doc="The customer does not want the order.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.REJECTED,
        by=frozenset({CUSTOMER}),
        takes=takes.OptionalReason,
        writes=writes.reject_as_customer,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
        open_until=guards.offer_ends_at,
        too_late=guards.the_offer_expired,
    ),
    Transition(
        name="expire",
        doc="Nobody answered while the offer was valid.",
        sources=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.REJECTED,
        by=frozenset({CLOCK}),
        guards=(guards.offer_has_ended,),
        due=guards.offer_ends_at,
        basis="offer_valid_until",
        settles_late=True,
        writes=writes.reject_because_the_offer_expired,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="extendOffer",
        doc="The offer is valid until a later day.",
        sources=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        by=frozenset({MEMBER, STAFF}),
        takes=takes.OfferEnd,
        checks=(guards.the_new_end_is_later_than_today,),
        writes=writes.move_the_offers_end,
        audience=EVERYONE,
    ),
    Transition(
        name="withdraw",
        doc="The member takes the order back into a draft; the link is void.",
        sources=frozenset({OrderStatus.IN_REVIEW, OrderStatus.AWAITING_CUSTOMER}),
        target=OrderStatus.DRAFT,
        by=frozenset({MEMBER}),
        takes=takes.OptionalReason,
        writes=writes.take_the_offer_back,
    ),
    Transition(
        name="reopen",
        doc="A rejected order becomes a draft again.",
        sources=frozenset({OrderStatus.REJECTED}),
        target=OrderStatus.DRAFT,
        by=frozenset({MEMBER}),
        writes=writes.forget_the_rejection,
    ),
)

ENDING = (
    Transition(
        name="requestCancellation",
        doc="The member asks to cancel a running order; clocks pause and invoices are held.",
        sources=frozenset({OrderStatus.ACTIVE}),
        target=OrderStatus.CANCELLATION_REVIEW,
        by=frozenset({MEMBER}),
        takes=takes.CancellationReason,
        writes=writes.pause_for_cancellation,
        notifies=frozenset({STAFF}),
    ),
    Transition(
        name="approveCancellation",
        doc="The operator cancels the order; what is unissued is canceled, what is issued is reversed.",
        sources=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        target=OrderStatus.CANCELED,
        by=frozenset({STAFF}),
        takes=takes.OptionalComment,
        writes=writes.end_as_canceled,
        notifies=frozenset({MEMBER, CUSTOMER}),
        audience=EVERYONE,
    ),
    Transition(
        name="refuseCancellation",
        doc="The operator lets the order go on; clocks resume with what was left, at least 24 hours.",
        sources=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        target=OrderStatus.ACTIVE,
        by=frozenset({STAFF}),
        takes=takes.RequiredReason,
        writes=writes.go_on_after_refusal,
        notifies=frozenset({MEMBER}),
    ),
    Transition(
        name="complete",
        doc="The completion rule holds.",
        sources=frozenset({OrderStatus.ACTIVE}),
        target=OrderStatus.COMPLETED,
        by=frozenset({CLOCK}),
        guards=(guards.the_completion_rule_holds,),
        due=guards.completion_due,
        basis="completion_rule",
        writes=writes.end_as_completed,
        notifies=frozenset({MEMBER}),
        audience=EVERYONE,
    ),
)

REMINDERS = (
    Timer(
        kind="order.review",
        doc="An order waits for its review longer than 24 working hours.",
        while_in=frozenset({OrderStatus.IN_REVIEW}),
        due=deadlines.review_due,
        basis="submitted_at",
        notifies=frozenset({STAFF, ADMIN}),
        again_after=DAILY,
    ),
    Timer(
        kind="order.offerHalfTime",
        doc="Half of the time to answer the offer is over.",
        while_in=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        due=deadlines.half_time,
        basis="offer_valid_until",
        notifies=frozenset({CUSTOMER}),
    ),
    Timer(
        kind="order.offerLastDay",
        doc="The last day to answer the offer has begun.",
        while_in=frozenset({OrderStatus.AWAITING_CUSTOMER}),
        due=deadlines.last_day,
        basis="offer_valid_until",
        notifies=frozenset({CUSTOMER}),
    ),
    Timer(
        kind="order.deliveryDue",
        doc="The agreed delivery has not been made in time.",
        while_in=frozenset({OrderStatus.ACTIVE}),
        due=deadlines.delivery_overdue,
        basis="delivery_due_at",
        notifies=frozenset({MEMBER, STAFF}),
    ),
    Timer(
        kind="order.cancellation",
        doc="A requested cancellation waits longer than two working days.",
        while_in=frozenset({OrderStatus.CANCELLATION_REVIEW}),
        due=deadlines.cancellation_overdue,
        basis="cancellation_requested_at",
        notifies=frozenset({STAFF, ADMIN}),
        again_after=DAILY,
    ),
)

ORDERS = Lifecycle(
    noun="order",
    id_prefix="ord",
    model=Order,
    facts=OrderFacts,
    source=ORDERS_SOURCE,
    states=OrderStatus,
    start=OrderStatus.DRAFT,
    transitions=REVIEW + ANSWER + ENDING,
    commands=COMMANDS,
    reminders=REMINDERS,
    orders_of=order_and_those_it_shares_invoices_with,
)
