"""Writing down what became of each place of an operation, a portion with one statement."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.bulk.doing import Done
from domain.bulk.kept import kept
from domain.bulk.model import BulkOutcome
from domain.core.errors import Refusal

KEEP = """
INSERT INTO bulk_items (id, operation_id, position, order_id, outcome, refusals)
SELECT uuidv7(), $1, item.position, item.order_id, item.outcome, item.refusals::jsonb
FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[]) AS item (position, order_id, outcome, refusals)"""
LEAVE_THE_REST = """
INSERT INTO bulk_items (id, operation_id, position, order_id, outcome, refusals)
SELECT uuidv7(), o.id, (o.done + place)::int, order_id, 'NOT_ATTEMPTED', '[]'
FROM bulk_operations o, unnest(o.order_ids[o.done + 1:]) WITH ORDINALITY AS rest (order_id, place) WHERE o.id = $1"""


class Result(NamedTuple):
    """What became of one place."""

    order_id: UUID
    outcome: BulkOutcome
    refusals: tuple[Refusal, ...] = ()


def one_by_one(places: Sequence[UUID], done: Done) -> list[Result]:
    """A result for each place; an order that is named again finds itself as it was to be."""
    return list(_results(places, done))


def all_or_none(places: Sequence[UUID], done: Done) -> list[Result]:
    """The results when nothing was changed because of some."""
    return [
        Result(each, BulkOutcome.FAILED, done.refused[each])
        if each in done.refused
        else Result(each, BulkOutcome.NOT_ATTEMPTED)
        for each in places
    ]


async def keep(connection: BaseDBAsyncClient, operation_id: UUID, first: int, results: Sequence[Result]) -> None:
    """Write the results of the places from `first` on, which count from 1; what was changed needs no row of its own."""
    places = [
        (place, result) for place, result in enumerate(results, first) if result.outcome is not BulkOutcome.APPLIED
    ]
    if not places:
        return
    values: list[object] = [
        [place for place, _ in places],
        [result.order_id for _, result in places],
        [result.outcome.value for _, result in places],
        [json.dumps([kept(each) for each in result.refusals]) for _, result in places],
    ]
    await connection.execute_query(KEEP, [operation_id, *values])


async def leave_the_rest(connection: BaseDBAsyncClient, operation_id: UUID) -> None:
    """Every place of a locked operation that has no result was not attempted."""
    await connection.execute_query(LEAVE_THE_REST, [operation_id])


def counted(results: Sequence[Result]) -> Counter[BulkOutcome]:
    """How many places came out how."""
    return Counter(result.outcome for result in results)


def _results(places: Sequence[UUID], done: Done) -> Iterator[Result]:
    seen: set[UUID] = set()
    for each in places:
        if each in done.refused:
            yield Result(each, BulkOutcome.FAILED, done.refused[each])
        else:
            is_first = each in done.applied and each not in seen
            yield Result(each, BulkOutcome.APPLIED if is_first else BulkOutcome.UNCHANGED)
        seen.add(each)
