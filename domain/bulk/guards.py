"""Claims that must hold before a move of an operation on many orders."""

from typing import Any

from domain.bulk.facts import BulkFacts
from domain.bulk.filters import empty_parts, restricts_something
from domain.bulk.inputs import BulkStatusInput
from domain.bulk.model import BulkMode
from domain.bulk.selection import MAX_ORDERS_AT_ONCE, OrderSelection, malformed, too_many_orders
from domain.client_status import guards as status_guards
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.malformed_ids import MalformedId


def orders_selected_in_one_way(_facts: object, input: OrderSelection, _context: EvaluationContext) -> Refusal | None:
    """Orders are selected by ids, a filter, a dry run, or all of them; several ways, or none, would be ambiguous."""
    is_filtered = input.where is not None and not (input.all and not restricts_something(input.where.where))
    ways = (input.order_ids is not None, is_filtered, input.selection is not None, input.all)
    if ways.count(True) != 1:
        return invalid("orders_named_or_described", "order_ids")
    return None


def filter_restricts_something(_facts: object, input: OrderSelection, _context: EvaluationContext) -> Refusal | None:
    """An empty filter, or one with an empty part, might find every order by mistake; `all` says that it is meant."""
    if input.where is None or input.all:
        return None
    empty = next(empty_parts(input.where.where), None)
    if empty:
        return invalid("filter_part_empty", "where", *empty)
    return None if input.where.where else invalid("filter_restricts_nothing", "where")


def order_count_within_limit(_facts: object, input: OrderSelection, _context: EvaluationContext) -> Refusal | None:
    """The number of orders that a filter finds is checked when the orders are selected."""
    if input.order_ids is not None and len(input.order_ids) > MAX_ORDERS_AT_ONCE:
        return too_many_orders(MAX_ORDERS_AT_ONCE, "order_ids")
    return None


def atomic_identifiers_are_well_formed(
    _facts: object, input: OrderSelection, _context: EvaluationContext
) -> Refusal | None:
    """A malformed identifier is a failed result when each order stands alone; otherwise it refuses all at once."""
    if input.mode is not BulkMode.ATOMIC:
        return None
    places = (place for place, each in enumerate(input.order_ids or ()) if isinstance(each, MalformedId))
    first = next(places, None)
    return None if first is None else malformed(first)


def status_text_is_valid(facts: Any, input: BulkStatusInput, context: EvaluationContext) -> Refusal | None:
    """The same checks as for the status of a single order."""
    validators = (status_guards.color_is_valid, status_guards.hold_end_is_valid)
    return next((refusal for validator in validators if (refusal := validator(facts, input, context))), None)


def something_to_retry(operation: BulkFacts, _context: EvaluationContext) -> Refusal | None:
    """Only orders that failed or were not attempted can be retried."""
    return None if operation.unfinished else guard_failed("nothing_left_to_retry")
