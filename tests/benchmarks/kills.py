"""Two schedulers, killed again and again over due deadlines while people write: nothing is lost, doubled or early."""

import asyncio
import random
import sys
import time
from subprocess import PIPE
from uuid import UUID

import asyncpg

from domain.commands import execute
from domain.database.pools import connect, credentials, disconnect
from domain.engine.commands import Command
from domain.orders.inputs import CommentText
from domain.orders.model import CommentVisibility
from settings import Settings
from tests.benchmarks.row_proof import broken_chains
from tests.benchmarks.sizes import ORDERS
from tests.benchmarks.sweep_process import OURS
from tests.benchmarks.sweep_rows import due_orders, templates
from tests.makers.parties import STAFF

DUE, KILLS, SCHEDULERS = ORDERS // 5, 10, 2
PROCESS = (sys.executable, "-m", "tests.benchmarks.sweep_process", OURS)
# A process is killed within so many seconds after it has begun to sweep.
LONGEST_LIFE = 1.5
COMMENT = CommentText(text="Still here.", visibility=CommentVisibility.INTERNAL)
LEFT = """SELECT count(*) FROM deadlines WHERE order_id = ANY($1::uuid[]) AND state = 'PENDING'
    AND due_at <= app_now()"""
FIRED = """SELECT count(*) AS events, count(DISTINCT subject_id) AS subjects,
        count(*) FILTER (WHERE at < due_at) AS early
    FROM events WHERE order_id = ANY($1::uuid[]) AND name IN ('order.expire', 'delivery.autoAccept')"""


async def run(settings: Settings) -> None:
    """Print how many were fired, by how many killed processes, beside how many comments; fail where one is missing."""
    await connect(settings.database_url)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    order_ids = await due_orders(connection, await templates(), DUE)
    await connection.execute("ANALYZE")
    began, kills = time.perf_counter(), [KILLS // SCHEDULERS] * SCHEDULERS
    people = asyncio.create_task(_comment(order_ids))
    await asyncio.gather(*(_sweep_and_be_killed(times) for times in kills))
    people.cancel()
    seconds = time.perf_counter() - began
    left, fired = await connection.fetchval(LEFT, order_ids), dict(await connection.fetchrow(FIRED, order_ids))
    assert left == 0, f"{left} deadlines are still due"
    assert fired == {"events": DUE, "subjects": DUE, "early": 0}, fired
    assert not await broken_chains()
    print(f"{DUE:,} due deadlines, {SCHEDULERS} schedulers killed {KILLS} times, in {seconds:.0f} s: each fired once")
    await connection.close()
    await disconnect()


async def _sweep_and_be_killed(times: int) -> None:
    """Processes one after the other, each killed while it sweeps, and at last one that ends by itself."""
    for _ in range(times):
        process = await _started()
        await asyncio.sleep(random.uniform(0.05, LONGEST_LIFE))
        if process.returncode is None:
            process.kill()
        await process.wait()
    await (await _started()).communicate()


async def _started() -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(*PROCESS, stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    while b"ready" not in await process.stdout.readline():
        pass
    process.stdin.write(b"\n")
    return process


async def _comment(order_ids: list[UUID]) -> None:
    """An employee comments on one order after the other."""
    while True:
        command = Command(noun="order", move="comment", subject_id=random.choice(order_ids), input=COMMENT)
        await execute(command, STAFF)
