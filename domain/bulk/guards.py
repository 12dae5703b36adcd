"""What must hold of an operation on many orders."""

from typing import Any

from domain.bulk.facts import BulkFacts
from domain.bulk.inputs import BulkStatusInput
from domain.bulk.selection import MAX_ORDERS_AT_ONCE, OrderSelection, too_many_orders
from domain.client_status import guards as of_cards
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid


def orders_given_by_ids_or_filter(_facts: object, input: OrderSelection, _moment: EvaluationContext) -> Refusal | None:
    """By ids or by a filter: with both it would be unclear which counts, with none nothing is meant."""
    if (input.order_ids is None) == (input.where is None):
        return invalid("orders_named_or_described", "order_ids")
    return None


def order_count_within_limit(_facts: object, input: OrderSelection, _moment: EvaluationContext) -> Refusal | None:
    """How many a filter finds is known only when it is asked."""
    if input.order_ids is not None and len(input.order_ids) > MAX_ORDERS_AT_ONCE:
        return too_many_orders(MAX_ORDERS_AT_ONCE, "order_ids")
    return None


def status_text_is_valid(facts: Any, input: BulkStatusInput, context: EvaluationContext) -> Refusal | None:
    """As on the card of a single order."""
    checks = (of_cards.color_is_valid, of_cards.hold_end_is_valid)
    return next((flaw for check in checks if (flaw := check(facts, input, context))), None)


def something_to_retry(operation: BulkFacts, _moment: EvaluationContext) -> Refusal | None:
    """Only what failed or was not attempted can be tried again."""
    return None if operation.unfinished else guard_failed("nothing_left_to_retry")
