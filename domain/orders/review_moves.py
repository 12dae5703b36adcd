"""The moves of an order until it is offered: submission and the operator's review."""

from domain.accounts.model import LinkPurpose
from domain.core.actors import Role
from domain.core.lifecycle import EVERYONE, Choice, Transition
from domain.core.moment import Moment
from domain.orders import guards, takes, writes
from domain.orders.facts import OrderFacts
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF = Role.MEMBER, Role.CUSTOMER, Role.STAFF


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
            guards.the_order_is_at_hand,
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
        guards=(
            guards.the_order_is_at_hand,
            guards.the_offer_can_still_be_answered,
            guards.the_contact_can_be_reached,
        ),
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
