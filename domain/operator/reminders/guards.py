"""Validators of the rules for reminders."""

from decimal import Decimal
from typing import Any

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Validator
from domain.kernel.amendments import amended_value, given_values
from domain.kernel.errors import Refusal, invalid
from domain.operator.facts import OperatorFacts
from domain.operator.reminders.inputs import BaseRateInput
from domain.operator.reminders.placeholders import unknown_placeholder

STEPS = ("friendly", "first", "formal")
HIGHEST_FEE, LOWEST_RATE, HIGHEST_RATE = Decimal(1000), Decimal(-10), Decimal(50)


def steps_follow_each_other(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
    names = [f"{step}_reminder_days" for step in STEPS]
    days = [amended_value(entry, name, getattr(operator, name, None)) for name in names]
    for earlier, later, name in zip(days, days[1:], names[1:], strict=False):
        if later <= earlier:
            return invalid("reminders_out_of_order", name)
    return None


def fee_is_possible(name: str) -> Validator:
    """From 0 to 1000 with at most two decimals."""

    def validate(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
        fee = given_values(entry).get(name)
        if fee is None or (0 <= fee <= HIGHEST_FEE and _has_two_decimals(fee)):
            return None
        return invalid("reminder_fee_malformed", name)

    return validate


def placeholders_are_known(name: str) -> Validator:
    """Each text in braces is filled when the reminder is written."""

    def validate(operator: OperatorFacts | None, entry: Any, context: EvaluationContext) -> Refusal | None:
        unknown = unknown_placeholder(given_values(entry).get(name, ""))
        return invalid("reminder_placeholder_unknown", name, placeholder=unknown) if unknown else None

    return validate


def base_rate_is_possible(
    operator: OperatorFacts | None, rate: BaseRateInput, context: EvaluationContext
) -> Refusal | None:
    is_possible = LOWEST_RATE <= rate.percent <= HIGHEST_RATE and _has_two_decimals(rate.percent)
    return None if is_possible else invalid("base_rate_malformed", "percent")


def _has_two_decimals(value: Decimal) -> bool:
    return value == value.quantize(Decimal("0.01"))


REMINDERS = (
    steps_follow_each_other,
    *(fee_is_possible(f"{step}_reminder_fee") for step in STEPS),
    *(placeholders_are_known(f"{step}_reminder_{language}") for step in STEPS for language in ("de", "en")),
)
