"""Single moves over HTTP, beside a transaction written by hand in SQL and beside the same with the ORM."""

import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

import asyncpg
from httpx2 import AsyncClient

from domain.database.pools import connect, credentials, disconnect
from settings import Settings
from tests.benchmarks import bulk_approval
from tests.benchmarks.move_cases import CASES, prepare
from tests.benchmarks.move_contest import LIMIT, ORM, OURS, Contest, Entry, prepare_rows
from tests.benchmarks.move_proof import PROVED, prove
from tests.benchmarks.servers import API, server
from tests.benchmarks.sizes import ORDERS, ROUNDS
from tests.benchmarks.statement_count import COUNTED, print_statements
from tests.benchmarks.timing import interleaved, times_as_fast

BY_HAND = (sys.executable, "-m", "tests.benchmarks.by_hand.application")
COMMANDS = {OURS: API, LIMIT: (*BY_HAND, "sql"), ORM: (*BY_HAND, "orm")}
REQUESTS = {1: ORDERS // 1000, 16: max(16, 3 * ORDERS // 1000)}
ROWS_OF_A_MOVE = len(COMMANDS) * (PROVED + ROUNDS * sum(REQUESTS.values())) + COUNTED
HEAD = f"{'':18}{'at once':>8}{'ours':>8}{'limit':>8}{'ORM':>8}   {'ours to limit':22}{'ours to ORM':22}"
NOT_PUBLISHED = re.compile(r"^werkstand_accelerator_failures_total (\d+)", re.MULTILINE)


async def run(settings: Settings) -> None:
    """Print moves a second, how they compare, and the statements of each move."""
    await connect(settings.database_url)
    connection = await asyncpg.connect(**credentials(settings.database_url))
    prepared = await prepare()
    rows = await prepare_rows(connection, prepared, ROWS_OF_A_MOVE)
    async with AsyncExitStack() as stack:
        servers = {way: await stack.enter_async_context(server(*command)) for way, command in COMMANDS.items()}
        contest = Contest(prepared, servers, rows)
        await prove(contest, connection, settings.redis_url)
        await _measure(contest)
        await _print_server_figures(contest)
        await bulk_approval.run(contest, connection)
    await print_statements(settings, contest)
    await connection.close()
    await disconnect()


async def _measure(contest: Contest) -> None:
    entries = [Entry(case, connections, way) for case in CASES for connections in REQUESTS for way in COMMANDS]
    contest.each.clear()
    taken = await interleaved({entry: partial(_round, contest, entry) for entry in entries}, ROUNDS)
    _print_rates(taken)
    print("median of one move over one connection")
    for case in CASES:
        middle = {way: statistics.median(contest.each[Entry(case, 1, way)]) * 1000 for way in COMMANDS}
        print(f"{case.name:18}" + ", ".join(f"{way} {milliseconds:.1f} ms" for way, milliseconds in middle.items()))


async def _round(contest: Contest, entry: Entry, _number: int) -> float:
    return await contest.make(entry, contest.take(entry.case, REQUESTS[entry.connections]))


def _print_rates(taken: Mapping[Entry, Sequence[float]]) -> None:
    """The medians; shares are taken within each round, which slows all alike when it is slow."""
    counts = ", ".join(f"{count} with {connections}" for connections, count in REQUESTS.items())
    print(f"moves a second, medians of {ROUNDS} rounds of so many moves: {counts} at once\n{HEAD}")
    for case in CASES:
        for connections, count in REQUESTS.items():
            seconds = {way: taken[Entry(case, connections, way)] for way in COMMANDS}
            rates = "".join(f"{count / statistics.median(each):8.0f}" for each in seconds.values())
            beside = "".join(f"{times_as_fast(seconds[OURS], seconds[way]):22}" for way in (LIMIT, ORM))
            print(f"{case.name:18}{connections:8}{rates}   {beside}".rstrip())


async def _print_server_figures(contest: Contest) -> None:
    for way, each in contest.servers.items():
        print(f"most memory of {way}: {each.most_memory_mib} MiB")
    async with AsyncClient() as client:
        metrics = await client.get(f"http://127.0.0.1:{contest.servers[OURS].port}/metrics")
    found = NOT_PUBLISHED.search(metrics.text)
    print(f"commits that Redis was not told of in time, each followed by a pause: {found[1] if found else '?'}")
