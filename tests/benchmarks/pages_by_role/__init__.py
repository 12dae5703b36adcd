"""Every page of every role, asked for over HTTP: milliseconds, statements, and rows that PostgreSQL reads for it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from httpx2 import AsyncClient

from domain.database.pools import connect, disconnect
from settings import Settings
from tests.benchmarks.pages_by_role.addresses import PageAddress, addresses
from tests.benchmarks.pages_by_role.requests import Cost, cookie, cost_of, in_this_process, seconds_of
from tests.benchmarks.pages_by_role.rows import Rows, fill, play_demo
from tests.benchmarks.servers import API, server
from tests.benchmarks.sizes import CUSTOMERS, MEMBERS, ORDERS, ROUNDS, SHOWS_STATEMENTS

LIMIT_MS = 250 if ORDERS > 100_000 else 150
SHOWN = 400


@dataclass(frozen=True)
class Measured:
    """What one page took in each round, and what it cost the database."""

    page: PageAddress
    milliseconds: Sequence[float]
    cost: Cost

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def is_slow(self) -> bool:
        return self.median > LIMIT_MS


# Before the many orders are there, of which the demo would wait for each.
prepare = play_demo


async def run(settings: Settings) -> None:
    """Print one line for each page of each role, and how many take longer than promised."""
    await connect(settings.database_url)
    rows = await fill(settings)
    await disconnect()
    await measure(settings, rows)


async def measure(settings: Settings, rows: Rows) -> None:
    """Open every page of every role, and print what each took."""
    async with in_this_process(settings) as client:
        pages, faults = await addresses(client, rows)
        costs = {page: await cost_of(client, page.path, cookie(rows.sessions[page.role])) for page in pages}
    times = await _times(pages, rows)
    _report([Measured(page, times[page], costs[page]) for page in pages])
    print("\n".join(["Not opened:", *faults]) if faults else "Every page of the page table was opened.")


async def _times(pages: Sequence[PageAddress], rows: Rows) -> dict[PageAddress, list[float]]:
    """Milliseconds of each page in each round, of a server process of its own that has answered it before."""
    times: dict[PageAddress, list[float]] = {page: [] for page in pages}
    async with server(*API) as running, AsyncClient(base_url=f"http://127.0.0.1:{running.port}", timeout=60) as client:
        for number in range(ROUNDS + 1):
            for page in pages:
                seconds = await seconds_of(client, page.path, cookie(rows.sessions[page.role]))
                times[page] += [seconds * 1000] if number else []
    return times


def _report(found: Sequence[Measured]) -> None:
    print(f"{CUSTOMERS:,} customers, {MEMBERS:,} members, {ORDERS:,} orders; median of {ROUNDS} rounds")
    print(f"{'role':9}{'page':64}{'ms':>8}{'statements':>12}{'rows read':>12}")
    for each in found:
        mark = " !" if each.is_slow else ""
        shown = each.page.path if len(each.page.path) < 62 else f"{each.page.path[:60]}…"
        figures = f"{each.median:8.1f}{len(each.cost.statements):12}{each.cost.rows_read:12,}"
        print(f"{each.page.role:9}{shown:64}{figures}{mark}")
        for trip in each.cost.statements if SHOWS_STATEMENTS and each.is_slow else ():
            print(f"    {trip.seconds * 1000:8.1f} ms  {' '.join(trip.statement.split())[:SHOWN]}")
    slowest = max(found, key=lambda each: each.median)
    slow = sum(each.is_slow for each in found)
    print(f"{len(found)} pages, {slow} of them above {LIMIT_MS} ms; the slowest takes {slowest.median:.1f} ms")
