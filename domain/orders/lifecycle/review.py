"""Transitions of an order until it is offered: submission and the operator's review."""

from domain.access.model import LinkPurpose
from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import EVERYONE, ActionWeight, Choice, Transition
from domain.kernel.actors import Role
from domain.orders import guards, inputs
from domain.orders.effects import transitions
from domain.orders.facts import OrderFacts
from domain.orders.model import OrderStatus

MEMBER, CUSTOMER, STAFF = Role.MEMBER, Role.CUSTOMER, Role.STAFF


def offered_or_active(order: OrderFacts, context: EvaluationContext) -> OrderStatus:
    return OrderStatus.ACTIVE if order.skip_confirmation else OrderStatus.AWAITING_CUSTOMER


REVIEW_TRANSITIONS = (
    Transition(
        name="submit",
        weight=ActionWeight.PRIMARY,
        doc="The member hands the order to the operator for review; the offer and the fee are frozen.",
        from_states=frozenset({OrderStatus.DRAFT}),
        to_state=OrderStatus.IN_REVIEW,
        roles=frozenset({MEMBER}),
        guards=(
            guards.order_is_not_archived,
            guards.membership_is_active,
            guards.project_is_named,
            guards.customer_and_contact_are_chosen,
            guards.billing_plan_is_complete,
            guards.planned_invoices_are_not_negative,
            guards.service_period_is_set,
            guards.offer_has_end,
        ),
        effect=transitions.freeze_offer,
    ),
    Transition(
        name="approve",
        weight=ActionWeight.PRIMARY,
        doc="The operator approves; the customer is asked by mail, or the order is active at once.",
        from_states=frozenset({OrderStatus.IN_REVIEW}),
        to_state=Choice(
            states=frozenset({OrderStatus.AWAITING_CUSTOMER, OrderStatus.ACTIVE}), choose=offered_or_active
        ),
        roles=frozenset({STAFF}),
        guards=(
            guards.order_is_not_archived,
            guards.offer_can_be_answered,
            guards.contact_has_email,
        ),
        input=inputs.OptionalComment,
        effect=transitions.offer_or_activate,
        notifies=frozenset({CUSTOMER, MEMBER}),
        link_purpose=LinkPurpose.OFFER,
        audience=EVERYONE,
        in_bulk=True,
    ),
    Transition(
        name="sendBack",
        doc="The operator asks the member to change something.",
        from_states=frozenset({OrderStatus.IN_REVIEW}),
        to_state=OrderStatus.DRAFT,
        roles=frozenset({STAFF}),
        input=inputs.RequiredComment,
        effect=transitions.store_comment,
        notifies=frozenset({MEMBER}),
        in_bulk=True,
    ),
    Transition(
        name="reject",
        weight=ActionWeight.DANGER,
        doc="The operator declines the order.",
        from_states=frozenset({OrderStatus.IN_REVIEW}),
        to_state=OrderStatus.REJECTED,
        roles=frozenset({STAFF}),
        input=inputs.RequiredReason,
        effect=transitions.reject_as_operator,
        notifies=frozenset({MEMBER}),
        in_bulk=True,
    ),
)
