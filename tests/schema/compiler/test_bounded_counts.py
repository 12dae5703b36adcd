"""Counts and sums of long lists: exact up to a bound, beyond it known only as more, or not at all."""

import asyncpg

from domain.orders.model import OrderStatus
from tests.makers.billing import a_manual_line
from tests.makers.bulk import some_orders
from tests.makers.parties import FINANCE, STAFF
from tests.support.graphql.schema_client import SchemaClient

QUERY = "{ orders(first: 1) { boundedCount { isExact number } count: boundedCount { number } totalCount } }"
COPY = """INSERT INTO orders SELECT made.* FROM orders first, generate_series(1, $2::int) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'number', 'MANY-' || n)) AS made
    WHERE first.id = $1"""

SUMS = "{ lines(first: 1) { boundedSums { currency count } sums { currency count } } }"
COPY_LINE = """INSERT INTO billable_lines SELECT made.* FROM billable_lines first, generate_series(1, $2::int) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'text', 'Line ' || n)) AS made
    WHERE first.id = $1"""


async def test_a_short_list_is_counted_exactly(in_operations: SchemaClient) -> None:
    await some_orders(3, OrderStatus.ACTIVE)

    found = (await in_operations.ask(QUERY, STAFF))["orders"]

    assert found == {"boundedCount": {"isExact": True, "number": 3}, "count": {"number": 3}, "totalCount": 3}


async def test_of_a_long_list_it_is_said_that_there_are_more(
    in_operations: SchemaClient, owner: asyncpg.Connection
) -> None:
    (case,) = await some_orders(1, OrderStatus.ACTIVE)
    await owner.execute(COPY, case.order.id, 10_000)

    found = (await in_operations.ask(QUERY, STAFF))["orders"]

    assert found["boundedCount"] == {"isExact": False, "number": 10_000}
    assert found["totalCount"] == 10_001


async def test_a_list_is_counted_once_for_both_fields(in_operations: SchemaClient, owner: asyncpg.Connection) -> None:
    prepared = in_operations.fast_path.prepare("{ customers { boundedCount { isExact number } } }", {}, None, STAFF)
    assert prepared is not None

    lines = await owner.fetch(f"EXPLAIN SELECT {prepared.plan.text}")

    plan = "\n".join(line[0] for line in lines)
    assert plan.count("on customers") == 1, plan


async def test_a_long_list_is_not_added_up_where_that_has_to_be_quick(
    in_operations: SchemaClient, owner: asyncpg.Connection
) -> None:
    line = await a_manual_line()
    short = (await in_operations.ask(SUMS, FINANCE))["lines"]
    await owner.execute(COPY_LINE, line.id, 10_000)

    long = (await in_operations.ask(SUMS, FINANCE))["lines"]

    assert short["boundedSums"] == short["sums"] == [{"currency": "EUR", "count": 1}]
    assert (long["boundedSums"], long["sums"]) == (None, [{"currency": "EUR", "count": 10_001}])
