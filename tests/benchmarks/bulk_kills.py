"""A bulk approval whose process is killed again and again: it ends by itself, and no order is approved twice."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import asyncpg

from domain.bulk.lifecycle import ORDER_BULK
from domain.database.pools import connect, credentials, disconnect
from domain.engine import commands
from domain.engine.commands import Command
from domain.kernel.actors import Role
from domain.registry import REGISTRY
from settings import Settings
from tests.benchmarks import killed_processes, move_rows
from tests.benchmarks.row_proof import broken_chains
from tests.benchmarks.sizes import ORDERS
from tests.makers.accounts import an_account
from tests.makers.parties import STAFF, a_customer, a_member

APPROVED, KILLS = ORDERS // 20, 10
PROCESS = "tests.benchmarks.bulk_process"
# Until the first portion is done a process may live for so many seconds; what is left of the second is shorter.
LONGEST_LIFE, LONGEST_LIFE_AFTER_PROGRESS = 4.0, 0.7
PROGRESS = """SELECT done, state <> 'RUNNING' AS has_ended, leased_until > clock_timestamp() AS is_leased
    FROM bulk_operations WHERE id = $1"""
RESULTS = """SELECT count(*) AS results, count(DISTINCT subject_id) AS orders,
    count(*) FILTER (WHERE outcome = 'APPLIED') AS applied FROM bulk_results WHERE operation_id = $1"""
MOVES = """SELECT count(*) AS events, count(DISTINCT subject_id) AS orders,
    (SELECT count(*) FROM orders o WHERE o.id = ANY($1::uuid[]) AND o.status = 'AWAITING_CUSTOMER') AS waiting,
    (SELECT count(*) FROM outbox m WHERE m.order_id = ANY($1::uuid[]) AND m.name = 'order.approve'
        AND m.recipient_role = 'CUSTOMER') AS mails
    FROM events WHERE order_id = ANY($1::uuid[]) AND name = 'order.approve'"""


async def run(settings: Settings) -> None:
    """Print how often the process was killed; fail where a result or a move is missing or doubled."""
    await connect(settings.database_url)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    template = (await move_rows.templates(await a_member(), await a_customer())).in_review
    order_ids = await move_rows.copy_offers(connection, template, APPROVED)
    await connection.execute("ANALYZE")
    operation_id, began = await _start(order_ids), time.perf_counter()
    kills = [await _run_and_kill(connection, operation_id) for _ in range(KILLS)].count(True)
    await (await killed_processes.started(PROCESS)).communicate()
    seconds = time.perf_counter() - began
    results, moves = await connection.fetchrow(RESULTS, operation_id), await connection.fetchrow(MOVES, order_ids)
    assert dict(results) == dict.fromkeys(("results", "orders", "applied"), APPROVED), results
    assert dict(moves) == dict.fromkeys(("events", "orders", "waiting", "mails"), APPROVED), moves
    assert not await broken_chains()
    print(f"orderBulkApprove of {APPROVED:,} orders, killed {kills} times, in {seconds:.0f} s: each approved once")
    await connection.close()
    await disconnect()


async def _start(order_ids: list[UUID]) -> UUID:
    """Start the operation as a process does that is killed before its first portion."""
    wanted = ORDER_BULK.moves["approve"].input
    assert wanted is not None
    actor = replace(STAFF, account_id=(await an_account(Role.STAFF)).id)
    command = Command(noun="orderBulk", move="approve", input=wanted(order_ids=tuple(order_ids)))
    return (await commands.execute(REGISTRY, command, actor)).subject_id


async def _run_and_kill(connection: asyncpg.Connection, operation_id: UUID) -> bool:
    """A process that is killed while it works on the operation; whether there was anything left to kill it for."""
    before = await _progress(connection, operation_id, lambda found: not found["is_leased"])
    process = await killed_processes.started(PROCESS)
    await _progress(connection, operation_id, lambda found: found["is_leased"] or found["has_ended"])
    life = random.uniform(0.02, LONGEST_LIFE_AFTER_PROGRESS if before["done"] else LONGEST_LIFE)
    ends = time.perf_counter() + life
    now = await _progress(
        connection, operation_id, lambda found: time.perf_counter() > ends or found["done"] > before["done"]
    )
    await killed_processes.kill(process)
    return not now["has_ended"]


async def _progress(
    connection: asyncpg.Connection, operation_id: UUID, awaited: Callable[[asyncpg.Record], bool]
) -> asyncpg.Record:
    """The progress of the operation as soon as it is as awaited."""
    while True:
        found = await connection.fetchrow(PROGRESS, operation_id)
        if awaited(found):
            return found
        await asyncio.sleep(0.02)
