"""The scheduler's sweep over a million deadlines that are not due, and procrastinate making the same moves as jobs."""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from subprocess import PIPE
from uuid import UUID

import asyncpg

from domain.commands import fire_due_deadlines
from domain.database.pools import connect, credentials, disconnect
from settings import Settings
from tests.benchmarks import delayed_jobs
from tests.benchmarks.row_proof import Left, broken_chains, differences, rows_left
from tests.benchmarks.sizes import ORDERS, ROUNDS
from tests.benchmarks.sweep_process import OURS, PROCRASTINATE
from tests.benchmarks.sweep_rows import Templates, due_orders, fill_calendar, templates
from tests.benchmarks.timing import interleaved, times_as_fast

PENDING, TICKS = 10 * ORDERS, 200
# So many deadlines become due for each contestant in each round, half of them offers, half deliveries.
DUE = 2 * (ORDERS // 100)
PROCESS = (sys.executable, "-m", "tests.benchmarks.sweep_process")
ONE, TWO, ONE_BESIDE, TWO_BESIDE = "one scheduler", "two schedulers", "one procrastinate worker", "two such workers"
CONTESTANTS = {ONE: (OURS, 1), TWO: (OURS, 2), ONE_BESIDE: (PROCRASTINATE, 1), TWO_BESIDE: (PROCRASTINATE, 2)}
# What was due itself: a job of procrastinate is its own record of that.
FIRED = ('"kind": "order.expire"', '"kind": "delivery.autoAccept"')


@dataclass(frozen=True)
class Contest:
    """The database, what rows are copied from, and what is known of each contestant so far."""

    settings: Settings
    connection: asyncpg.Connection
    templates: Templates
    memory: dict[str, int] = field(default_factory=dict)
    left: dict[str, Left] = field(default_factory=dict)


async def run(settings: Settings) -> None:
    """Print the time of an empty tick, and moves a second of each contestant."""
    await connect(settings.database_url)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    contest = Contest(settings, connection, await templates())
    await fill_calendar(connection, PENDING)
    await delayed_jobs.create_tables(settings.database_url)
    await connection.execute("VACUUM ANALYZE")
    # What the seeded order has overdue is not measured.
    await fire_due_deadlines()
    ticks = [await _tick() for _ in range(TICKS)]
    print(f"empty tick, {PENDING:,} deadlines pending: {statistics.median(ticks) * 1000:.2f} ms (median of {TICKS})")
    rounds = {name: _round(contest, name) for name in CONTESTANTS}
    _print(contest, await interleaved(rounds, ROUNDS))
    broken = await broken_chains()
    assert not broken, f"{broken} broken chains"
    print("each was fired once, all leave the same rows; broken chains: 0")
    await connection.close()
    await disconnect()


async def _tick() -> float:
    began = time.perf_counter()
    assert await fire_due_deadlines() == 0
    return time.perf_counter() - began


def _round(contest: Contest, name: str) -> Callable[[int], Awaitable[float]]:
    return partial(_compete, contest, name)


async def _compete(contest: Contest, name: str, _number: int) -> float:
    """Prepare rows, untimed; let the processes make the moves; and see that they left what all the others left."""
    way, processes = CONTESTANTS[name]
    order_ids = await due_orders(contest.connection, contest.templates, DUE)
    if way == PROCRASTINATE:
        await delayed_jobs.defer_due(contest.connection, order_ids)
    await contest.connection.execute("ANALYZE deadlines, deliveries, orders, links, events, outbox")
    seconds, memory = await _race(way, processes)
    contest.memory[name] = max(memory, contest.memory.get(name, 0))
    await _require_equal(contest, name, order_ids)
    return seconds


async def _race(way: str, count: int) -> tuple[float, int]:
    """Seconds from the start of all processes, which are loaded, to the end of the last; and the most memory of one."""
    processes = [await asyncio.create_subprocess_exec(*PROCESS, way, stdin=PIPE, stdout=PIPE) for _ in range(count)]
    for each in processes:
        await _line(each)
    began = time.perf_counter()
    for each in processes:
        assert each.stdin
        each.stdin.write(b"\n")
    memory = await asyncio.gather(*(_line(each) for each in processes))
    seconds = time.perf_counter() - began
    await asyncio.gather(*(each.communicate() for each in processes))
    return seconds, max(int(line) for line in memory)


async def _line(process: asyncio.subprocess.Process) -> bytes:
    """The next line that is not one of the log's."""
    assert process.stdout
    while not (line := (await process.stdout.readline()).strip()).isalnum():
        assert line, "the process has ended"
    return line


async def _require_equal(contest: Contest, name: str, order_ids: list[UUID]) -> None:
    """Every move was made once: as many rows of each content as of every contestant before."""
    found = await rows_left(contest.connection, order_ids)
    left = {key: count for key, count in found.items() if key[0] != "deadlines" or not _was_due(key[1])}
    first = contest.left.setdefault("first", left)
    different = differences(left, first)
    assert not different, f"{name}:\n" + "\n".join(different)


def _was_due(content: str) -> bool:
    return any(kind in content for kind in FIRED)


def _print(contest: Contest, taken: dict[str, list[float]]) -> None:
    print(f"moves a second, medians of {ROUNDS} rounds of {DUE:,} due deadlines, half offers, half deliveries")
    for name, seconds in taken.items():
        print(f"{name:26}{DUE / statistics.median(seconds):8.0f}   most memory of a process {contest.memory[name]} MiB")
    print(f"one scheduler to one worker: {times_as_fast(taken[ONE], taken[ONE_BESIDE])}")
    print(f"two schedulers to two workers: {times_as_fast(taken[TWO], taken[TWO_BESIDE])}")
    print(f"two schedulers to one: {times_as_fast(taken[TWO], taken[ONE])}")
