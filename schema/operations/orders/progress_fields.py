"""Values computed from an order's facts, in the viewer's language."""

from collections.abc import Mapping
from typing import Any

from domain.engine.context import EvaluationContext
from domain.kernel.i18n import translate
from domain.orders import progress
from domain.orders.facts import OrderFacts
from domain.orders.progress import Fulfilment
from schema.operations.orders.parts import NextStep, PaymentGuarantee

Arguments = Mapping[str, Any]


def fulfilment(order: OrderFacts, _arguments: Arguments, _context: EvaluationContext) -> Fulfilment:
    """The fulfilment of the order."""
    return progress.fulfilment(order)


def fulfilment_label(order: OrderFacts, _arguments: Arguments, context: EvaluationContext) -> str:
    """The fulfilment in the viewer's language."""
    return translate(context.actor.language, f"status.fulfilment.{progress.fulfilment(order)}")


def payment_guarantee(order: OrderFacts, _arguments: Arguments, context: EvaluationContext) -> PaymentGuarantee:
    """Whether payment is guaranteed, and what is missing."""
    found = progress.payment_guarantee(order)
    missing = [translate(context.actor.language, f"guarantee.{each}") for each in found.missing]
    return PaymentGuarantee(granted=found.is_granted, reasons=missing)


def next_steps(order: OrderFacts, _arguments: Arguments, context: EvaluationContext) -> list[NextStep]:
    """The next steps, with the role that takes each."""
    language = context.actor.language
    return [
        NextStep(
            role=each.role,
            role_label=translate(language, f"status.role.{each.role}"),
            step=each.step,
            label=translate(language, f"step.{each.step}"),
            until=each.until,
        )
        for each in progress.next_steps(order, context)
    ]
