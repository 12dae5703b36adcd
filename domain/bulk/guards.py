"""Claims that must hold before a move of an operation on many rows."""

from typing import Any

from domain.bulk.facts import BulkFacts
from domain.bulk.filters import empty_parts, restricts_something
from domain.bulk.inputs import BulkStatusInput
from domain.bulk.model import BulkMode
from domain.bulk.selection import MAX_AT_ONCE, Selection, malformed, too_many
from domain.bulk.subjects import SUBJECTS
from domain.client_status import guards as status_guards
from domain.engine.context import EvaluationContext
from domain.kernel.errors import Refusal, guard_failed, invalid
from domain.kernel.malformed_ids import MalformedId


def selected_in_one_way(_facts: object, input: Selection, _context: EvaluationContext) -> Refusal | None:
    """Rows are selected by ids, a filter, a dry run, or all of them; several ways, or none, would be ambiguous."""
    is_filtered = input.where is not None and not (input.all and not restricts_something(input.where.where))
    ways = (input.ids is not None, is_filtered, input.selection is not None, input.all)
    if ways.count(True) != 1:
        return invalid("orders_named_or_described", SUBJECTS[input.subject].ids_field)
    return None


def filter_restricts_something(_facts: object, input: Selection, _context: EvaluationContext) -> Refusal | None:
    """An empty filter, or one with an empty part, might find everything by mistake; `all` says that it is meant."""
    if input.where is None or input.all:
        return None
    empty = next(empty_parts(input.where.where), None)
    if empty:
        return invalid("filter_part_empty", "where", *empty)
    return None if input.where.where else invalid("filter_restricts_nothing", "where")


def count_within_limit(_facts: object, input: Selection, _context: EvaluationContext) -> Refusal | None:
    """The number of rows that a filter finds is checked when they are selected."""
    if input.ids is not None and len(input.ids) > MAX_AT_ONCE:
        return too_many(MAX_AT_ONCE, SUBJECTS[input.subject].ids_field)
    return None


def atomic_identifiers_are_well_formed(_facts: object, input: Selection, _context: EvaluationContext) -> Refusal | None:
    """A malformed identifier is a failed result when each row stands alone; otherwise it refuses all at once."""
    if input.mode is not BulkMode.ATOMIC:
        return None
    places = (place for place, each in enumerate(input.ids or ()) if isinstance(each, MalformedId))
    first = next(places, None)
    return None if first is None else malformed(input.subject, first)


def status_text_is_valid(facts: Any, input: BulkStatusInput, context: EvaluationContext) -> Refusal | None:
    """The same checks as for the status of a single order."""
    validators = (status_guards.color_is_valid, status_guards.hold_end_is_valid)
    return next((refusal for validator in validators if (refusal := validator(facts, input, context))), None)


def something_to_retry(operation: BulkFacts, _context: EvaluationContext) -> Refusal | None:
    """Only what failed or was not attempted can be retried."""
    return None if operation.unfinished else guard_failed("nothing_left_to_retry")
