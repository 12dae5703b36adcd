"""Storage of the results of an operation, one statement per portion."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.handlers.base import HandlerResult
from domain.bulk.model import BulkOutcome
from domain.kernel.errors import Refusal
from domain.kernel.stored_refusals import dump

INSERT_RESULTS = """
INSERT INTO bulk_items (id, operation_id, position, subject_id, outcome, refusals)
SELECT uuidv7(), $1, item.position, item.subject_id, item.outcome, item.refusals::jsonb
FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[]) AS item (position, subject_id, outcome, refusals)"""
INSERT_NOT_ATTEMPTED = """
INSERT INTO bulk_items (id, operation_id, position, subject_id, outcome, refusals)
SELECT uuidv7(), o.id, (o.done + place)::int, subject_id, 'NOT_ATTEMPTED', '[]'
FROM bulk_operations o, unnest(o.subject_ids[o.done + 1:]) WITH ORDINALITY AS rest (subject_id, place)
WHERE o.id = $1"""


class Result(NamedTuple):
    """The result at one position where nothing was changed; a changed one needs no row of its own."""

    position: int
    subject_id: UUID
    outcome: BulkOutcome
    refusals: tuple[Refusal, ...] = ()


def per_item_results(subject_ids: Sequence[UUID], first_position: int, handled: HandlerResult) -> Iterator[Result]:
    """The results of rows that were not changed; positions count from `first_position`.

    A row that is named twice is changed the first time and unchanged the second.
    """
    changed = set(handled.applied)
    for place, each in enumerate(subject_ids, first_position):
        if each in changed:
            changed.remove(each)
        elif each in handled.refused:
            yield Result(place, each, BulkOutcome.FAILED, handled.refused[each])
        else:
            yield Result(place, each, BulkOutcome.UNCHANGED)


def atomic_results(subject_ids: Sequence[UUID], first_position: int, handled: HandlerResult) -> Iterator[Result]:
    """The results of all rows when nothing was changed because some were refused."""
    for place, each in enumerate(subject_ids, first_position):
        if each in handled.refused:
            yield Result(place, each, BulkOutcome.FAILED, handled.refused[each])
        else:
            yield Result(place, each, BulkOutcome.NOT_ATTEMPTED)


async def save(connection: BaseDBAsyncClient, operation_id: UUID, results: Sequence[Result]) -> None:
    """Store the results."""
    if not results:
        return
    values: list[object] = [
        [result.position for result in results],
        [result.subject_id for result in results],
        [result.outcome.value for result in results],
        [json.dumps([dump(each) for each in result.refusals]) for result in results],
    ]
    await connection.execute_query(INSERT_RESULTS, [operation_id, *values])


async def mark_rest_not_attempted(connection: BaseDBAsyncClient, operation_id: UUID) -> None:
    """Store for every row of a locked operation without result that it was not attempted."""
    await connection.execute_query(INSERT_NOT_ATTEMPTED, [operation_id])


def count_outcomes(subject_ids: Sequence[UUID], results: Sequence[Result]) -> Counter[BulkOutcome]:
    """Count the rows by outcome."""
    counts = Counter(result.outcome for result in results)
    counts[BulkOutcome.APPLIED] = len(subject_ids) - len(results)
    return counts
