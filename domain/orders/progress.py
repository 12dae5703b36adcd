"""Values that are derived from an order's facts and never stored: late, fulfilment, guarantee, next steps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.actors import Role
from domain.orders.due_proposals import answer_until
from domain.orders.due_times import cancellation_overdue, review_due
from domain.orders.facts import OrderFacts
from domain.orders.guards import offer_ends_at
from domain.orders.model import OrderStatus

EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


class Fulfilment(StrEnum):
    """The progress of the work."""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    DELIVERED = "DELIVERED"
    IN_REVISION = "IN_REVISION"
    ACCEPTED = "ACCEPTED"


@dataclass(frozen=True)
class PaymentGuarantee:
    """Whether the operator guarantees payment; `missing` are i18n keys below `guarantee.`."""

    is_granted: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class NextStep:
    """The role that has to act next, its task (an i18n key below `step.`), and until when."""

    role: Role
    step: str
    until: datetime | None


def payment_guarantee(order: OrderFacts) -> PaymentGuarantee:
    """A guarantee needs the customer's confirmation or evidence on file, and a customer in the European Union."""
    missing = []
    if not order.confirmed_at and not order.evidence:
        missing.append("no_confirmation_or_evidence")
    if order.customer_id is None:
        missing.append("no_customer")
    elif order.customer_country not in EU:
        missing.append("customer_outside_eu")
    return PaymentGuarantee(not missing, tuple(missing))


def fulfilment(order: OrderFacts) -> Fulfilment:
    """The progress of the deliveries; one under review or in revision counts before the others."""
    if order.deliveries_in_revision:
        return Fulfilment.IN_REVISION
    if order.deliveries_delivered:
        return Fulfilment.DELIVERED
    if order.deliveries_accepted and not order.deliveries_still_required:
        return Fulfilment.ACCEPTED
    if order.deliveries_open or order.deliveries_accepted:
        return Fulfilment.IN_PROGRESS
    return Fulfilment.NOT_STARTED


def customer_steps(order: Any, context: EvaluationContext) -> tuple[NextStep, ...]:
    """The next steps of the customer; need status, offer, deliveries under review, proposed day and open supplement."""
    steps = (_awaited_step(order, context), _due_step(order, context), _supplement_step(order, context))
    return tuple(step for step in steps if step)


def next_steps(order: OrderFacts, context: EvaluationContext) -> tuple[NextStep, ...]:
    """The next steps of an order; empty when the order has ended. It goes on while a supplement is answered."""
    beside = (_due_step(order, context), _supplement_step(order, context))
    awaited = _awaited_step(order, context)
    return ((awaited,) if awaited else _other_steps(order, context)) + tuple(step for step in beside if step)


def _awaited_step(order: Any, context: EvaluationContext) -> NextStep | None:
    """The step of the customer without which the order does not go on."""
    if order.status is OrderStatus.AWAITING_CUSTOMER:
        return NextStep(Role.CUSTOMER, "answer_the_offer", offer_ends_at(order, context))
    if order.status is OrderStatus.ACTIVE and order.deliveries_delivered:
        return NextStep(Role.CUSTOMER, "review_the_delivery", order.review_ends_at)
    return None


def _due_step(order: Any, context: EvaluationContext) -> NextStep | None:
    until = answer_until(order, context)
    if until is None or order.status is not OrderStatus.ACTIVE:
        return None
    return NextStep(Role.CUSTOMER, "answer_the_due_day", until)


def _supplement_step(order: Any, context: EvaluationContext) -> NextStep | None:
    until = order.supplement_valid_until
    if until is None or order.status not in (OrderStatus.ACTIVE, OrderStatus.COMPLETED):
        return None
    return NextStep(Role.CUSTOMER, "answer_the_supplement", context.calendar.end_of(until))


def _other_steps(order: OrderFacts, context: EvaluationContext) -> tuple[NextStep, ...]:
    match order.status:
        case OrderStatus.DRAFT:
            return (NextStep(Role.MEMBER, "finish_the_draft", None),)
        case OrderStatus.IN_REVIEW:
            return (NextStep(Role.STAFF, "review_the_order", review_due(order, context)),)
        case OrderStatus.CANCELLATION_REVIEW:
            return (NextStep(Role.STAFF, "decide_the_cancellation", cancellation_overdue(order, context)),)
        case OrderStatus.ACTIVE:
            return (_active_step(order),)
    return ()


def _active_step(order: OrderFacts) -> NextStep:
    if order.deliveries_in_revision:
        return NextStep(Role.MEMBER, "deliver_the_revision", None)
    if order.deliveries_still_required or not order.deliveries_accepted:
        return NextStep(Role.MEMBER, "deliver", order.delivery_due_at)
    return NextStep(Role.CLOCK, "wait_for_the_invoices", None)
