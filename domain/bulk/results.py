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
from domain.kernel.errors import Refusal

KEEP = """
INSERT INTO bulk_items (id, operation_id, position, order_id, outcome, refusals)
SELECT uuidv7(), $1, item.position, item.order_id, item.outcome, item.refusals::jsonb
FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[]) AS item (position, order_id, outcome, refusals)"""
LEAVE_THE_REST = """
INSERT INTO bulk_items (id, operation_id, position, order_id, outcome, refusals)
SELECT uuidv7(), o.id, (o.done + place)::int, order_id, 'NOT_ATTEMPTED', '[]'
FROM bulk_operations o, unnest(o.order_ids[o.done + 1:]) WITH ORDINALITY AS rest (order_id, place) WHERE o.id = $1"""


class Result(NamedTuple):
    """What became of one place where nothing was changed; what was changed needs no row of its own."""

    place: int
    order_id: UUID
    outcome: BulkOutcome
    refusals: tuple[Refusal, ...] = ()


def one_by_one(places: Sequence[UUID], first: int, done: Done) -> Iterator[Result]:
    """Of the places, which count from `first`, those not changed; an order named again finds itself as it was to be."""
    changed = set(done.applied)
    for place, each in enumerate(places, first):
        if each in changed:
            changed.remove(each)
        elif each in done.refused:
            yield Result(place, each, BulkOutcome.FAILED, done.refused[each])
        else:
            yield Result(place, each, BulkOutcome.UNCHANGED)


def all_or_none(places: Sequence[UUID], first: int, done: Done) -> Iterator[Result]:
    """All places, when nothing was changed because of some."""
    for place, each in enumerate(places, first):
        if each in done.refused:
            yield Result(place, each, BulkOutcome.FAILED, done.refused[each])
        else:
            yield Result(place, each, BulkOutcome.NOT_ATTEMPTED)


async def keep(connection: BaseDBAsyncClient, operation_id: UUID, results: Sequence[Result]) -> None:
    """Write them down."""
    if not results:
        return
    values: list[object] = [
        [result.place for result in results],
        [result.order_id for result in results],
        [result.outcome.value for result in results],
        [json.dumps([kept(each) for each in result.refusals]) for result in results],
    ]
    await connection.execute_query(KEEP, [operation_id, *values])


async def leave_the_rest(connection: BaseDBAsyncClient, operation_id: UUID) -> None:
    """Every place of a locked operation that has no result was not attempted."""
    await connection.execute_query(LEAVE_THE_REST, [operation_id])


def counted(places: Sequence[UUID], results: Sequence[Result]) -> Counter[BulkOutcome]:
    """How many places came out how."""
    counts = Counter(result.outcome for result in results)
    counts[BulkOutcome.APPLIED] = len(places) - len(results)
    return counts
