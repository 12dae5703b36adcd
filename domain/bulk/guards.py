"""What must hold of an operation on many orders."""

from typing import Any

from domain.bulk.facts import BulkFacts
from domain.bulk.selection import MOST_AT_ONCE, ManyOrders, too_many
from domain.bulk.takes import StatusForMany
from domain.client_status import guards as of_cards
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid


def orders_are_named_or_described(_facts: object, takes: ManyOrders, _moment: EvaluationContext) -> Refusal | None:
    """By ids or by a filter: with both it would be unclear which counts, with none nothing is meant."""
    if (takes.order_ids is None) == (takes.where is None):
        return invalid("orders_named_or_described", "order_ids")
    return None


def they_are_not_too_many(_facts: object, takes: ManyOrders, _moment: EvaluationContext) -> Refusal | None:
    """How many a filter finds is known only when it is asked."""
    if takes.order_ids is not None and len(takes.order_ids) > MOST_AT_ONCE:
        return too_many(MOST_AT_ONCE, "order_ids")
    return None


def the_text_is_sound(facts: Any, takes: StatusForMany, moment: EvaluationContext) -> Refusal | None:
    """As on the card of a single order."""
    checks = (of_cards.the_color_is_a_color, of_cards.the_last_day_is_named)
    return next((flaw for check in checks if (flaw := check(facts, takes, moment))), None)


def something_is_left(operation: BulkFacts, _moment: EvaluationContext) -> Refusal | None:
    """Only what failed or was not attempted can be tried again."""
    return None if operation.left else guard_failed("nothing_left_to_retry")
