"""The next steps of a customer, for an order or for the work on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.engine import facts as fact_classes
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact, facts_subset
from domain.kernel.actors import Actor, ActorKind, Role
from domain.kernel.i18n import translate
from domain.orders import progress
from domain.orders.facts import OrderFacts
from schema.shared.field_order import field_order
from schema.shared.orders.order import NextStepFields

SHOWN_ROLES = frozenset({Role.CUSTOMER, Role.MEMBER, Role.CLOCK})
SUBJECTS_OF_STEPS = {
    "answer_the_offer": "order",
    "review_the_delivery": "delivery",
    "answer_the_supplement": "supplement",
    "answer_the_due_day": "order",
}
StepFacts = facts_subset(
    OrderFacts,
    "status",
    "offer_valid_until",
    "deliveries_delivered",
    "review_ends_at",
    "due_proposed_on",
    "supplement_valid_until",
)


@field_order(
    """
    yours step label until
    """
)
@strawberry.type(description="Whose turn it is, for what, and until when.")
class NextStep(NextStepFields):
    """The next step, with whether it is the customer's turn."""

    yours: bool = strawberry.field(description="Whether it is the customer's turn.")


@dataclass(frozen=True)
class WorkInProgressFacts:
    """The facts of its order that decide the next step of a piece of work, read as one value."""

    order: tuple[Any, ...] = fact(
        f"(SELECT {fact_classes.select(StepFacts, 'o')} FROM orders o WHERE o.id = {{t}}.order_id)"
    )


def order_next_steps(order: OrderFacts, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[NextStep]:
    """The next steps; internal ones of the operator are left out."""
    return [_next_step(each, context) for each in progress.next_steps(order, context) if each.role in SHOWN_ROLES]


def work_next_steps(
    work: WorkInProgressFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[NextStep]:
    """The next steps of the viewer; steps of others are left out, since not every customer sees the order."""
    steps = progress.customer_steps(fact_classes.read(StepFacts, work.order), context)
    return [_next_step(step, context) for step in steps if _may_do(context.actor, step)]


def _may_do(actor: Actor, step: progress.NextStep) -> bool:
    """A mailed link may answer its own offer, delivery or supplement; status and reply links answer none."""
    if actor.kind in (ActorKind.STATUS_LINK, ActorKind.REPLY_LINK):
        return False
    return actor.kind is not ActorKind.LINK or SUBJECTS_OF_STEPS.get(step.step) == actor.link_subject[0]


def _next_step(step: progress.NextStep, context: EvaluationContext) -> NextStep:
    return NextStep(
        yours=step.role is Role.CUSTOMER,
        step=step.step,
        label=translate(context.actor.language, f"step.{step.step}"),
        until=step.until,
    )
