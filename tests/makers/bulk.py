"""Operations on many orders for tests, begun through the door."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from domain.bulk.inputs import BulkHideInput, BulkStatusInput
from domain.bulk.model import BulkOperation
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from domain.orders.model import Order, OrderStatus
from tests.makers.orders import Case, a_returned_draft, an_order
from tests.makers.parties import STAFF, a_customer, a_member
from tests.makers.time import berlin, the_clock_shows

COPY_ORDERS = """INSERT INTO orders SELECT made.* FROM orders first, generate_series(1, $2::int) AS n,
    jsonb_populate_record(first, jsonb_build_object('id', uuidv7(), 'number', 'MANY-' || n)) AS made
    WHERE first.id = $1"""
COPY_STATUSES = """INSERT INTO client_statuses SELECT made.* FROM client_statuses first, orders o,
    jsonb_populate_record(first, jsonb_build_object('id', o.id, 'order_id', o.id)) AS made
    WHERE first.id = $1 AND o.number LIKE 'MANY-%' AND $2 > 0"""


async def some_orders(count: int, status: OrderStatus = OrderStatus.DRAFT, **facts: Any) -> list[Case]:
    """Orders of one member for one customer, on a day in April; drafts were submitted and withdrawn."""
    await the_clock_shows(berlin(2026, 4, 1, 10))
    member, customer = facts.pop("member", None) or await a_member(), await a_customer()
    made: dict[str, Any] = {"member": member, "customer": customer, **facts}
    if status is OrderStatus.DRAFT:
        return [await a_returned_draft(**made) for _ in range(count)]
    return [await an_order(status, **made) for _ in range(count)]


def ids_of(cases: Iterable[Case]) -> tuple[UUID, ...]:
    return tuple(case.order.id for case in cases)


async def set_status(order_ids: Sequence[UUID], actor: Actor = STAFF, *, key: str | None = None, **more: Any) -> UUID:
    """Set "In progress" for these orders; returns the operation's id."""
    takes = BulkStatusInput(**{"order_ids": tuple(order_ids), "label": "In progress"} | more)
    command = Command(noun="clientStatusBulk", move="set", input=takes, idempotency_key=key)
    return (await execute(command, actor)).subject_id


async def hide_statuses(order_ids: Sequence[UUID], actor: Actor = STAFF, **more: Any) -> UUID:
    """Hide the client statuses of these orders; returns the operation's id."""
    command = Command(noun="clientStatusBulk", move="hide", input=BulkHideInput(order_ids=tuple(order_ids), **more))
    return (await execute(command, actor)).subject_id


async def the_operation(operation_id: UUID) -> BulkOperation:
    return await BulkOperation.get(id=operation_id)


async def the_outcomes(operation_id: UUID) -> list[str]:
    """What became of each place, in the order of the input."""
    return [row["outcome"] for row in await _results(operation_id)]


async def the_reasons(operation_id: UUID) -> list[list[str]]:
    """Why each place was refused, in the order of the input."""
    return [[refusal["reason"] for refusal in json.loads(row["refusals"])] for row in await _results(operation_id)]


async def _results(operation_id: UUID) -> list[dict[str, Any]]:
    statement = "SELECT outcome, refusals FROM bulk_results WHERE operation_id = $1 ORDER BY position"
    rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(statement, [operation_id])
    return rows


async def many_orders(count: int) -> tuple[UUID, ...]:
    """So many drafts with their client statuses, copied by the database from one."""
    (case,) = await some_orders(1)
    async with in_transaction() as connection:
        # Making them is no part of what is tested, and may take as long as the machine needs.
        await connection.execute_query("SET LOCAL statement_timeout = 0")
        for statement in (COPY_ORDERS, COPY_STATUSES):
            await connection.execute_query(statement, [case.order.id, count])
    return tuple(order.id for order in await Order.filter(number__startswith="MANY-").order_by("id"))
