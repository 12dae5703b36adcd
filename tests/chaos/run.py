"""One run: load and faults side by side for so many seconds, then peace, and the proof."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.database.pools import connect, disconnect
from tests.chaos import lateness, statements
from tests.chaos.chains import broken_chains
from tests.chaos.connection import Administrator
from tests.chaos.faults.injector import Injector
from tests.chaos.lateness import Lateness
from tests.chaos.ledger import Ledger
from tests.chaos.lives import live
from tests.chaos.people import Pair, Party, party, prepare_people
from tests.chaos.proof import Findings, prove
from tests.chaos.system import ChaosSystem, Servers, running_servers, running_system
from tests.chaos.travel import Calendar

LIVES_OF_A_PAIR = 2
# So long clients ask for the answers they still lack, once everything runs again.
SECONDS_TO_ANSWER = 20.0
# So long due moves may take, once nothing is injected any more: the last killed process has to start, too.
GRACE_SECONDS = 60.0
PHASES = 4
SHORTEST_PHASE = 8


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run is made of. After it, mails that a killed process holds are awaited for at most `settle_seconds`."""

    seed: int
    seconds: float
    settle_seconds: float
    folder: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run has shown."""

    run: Run
    ledger: Ledger
    injector: Injector
    findings: Findings
    lateness: Lateness
    settled_after: float
    held_mails: Sequence[str]
    logs: Path


def perform(run: Run) -> Result:
    """Run it on a system of its own, whose folder is left behind."""
    with running_servers(run.folder) as servers:
        return asyncio.run(_perform(run, servers))


async def _perform(run: Run, servers: Servers) -> Result:
    await connect(servers.database_url)
    pairs = await prepare_people()
    await disconnect()
    administrator = Administrator(servers.administrator_url)
    try:
        async with running_system(servers) as system:
            return await _run(run, system, administrator, pairs)
    finally:
        await administrator.close()


async def _run(run: Run, system: ChaosSystem, administrator: Administrator, pairs: Sequence[Pair]) -> Result:
    ledger = Ledger()
    calendar = Calendar(administrator, max(SHORTEST_PHASE, int(run.seconds / PHASES)))
    injector = Injector(system, administrator, random.Random(f"{run.seed} faults"))
    parties = [
        party(system.base_url, pair, ledger, random.Random(f"{run.seed} {number} {life}"))
        for number, pair in enumerate(pairs)
        for life in range(LIVES_OF_A_PAIR)
    ]
    async with _load(parties, calendar):
        await _inject(run, injector, calendar)
    await calendar.leap_beyond_reviews()
    settled_after = await _settle(administrator, run.settle_seconds)
    held = await administrator.fetch(statements.ERRORS_OF_MAILS)
    findings = await prove(administrator, ledger, system.mails)
    findings.require_none("broken hash chains", await broken_chains(administrator))
    return Result(
        run=run,
        ledger=ledger,
        injector=injector,
        findings=findings,
        lateness=await lateness.measure(administrator, calendar.leaps),
        settled_after=settled_after,
        held_mails=[f"{row['name']}: {row['last_error']}" for row in held],
        logs=system.logs,
    )


@asynccontextmanager
async def _load(parties: Sequence[Party], calendar: Calendar) -> AsyncIterator[None]:
    """Let all of them live until the block ends; then each finishes the mutation it has begun."""
    lives = [asyncio.create_task(live(each, calendar)) for each in parties]
    try:
        yield
        await _end(parties, lives)
    finally:
        for each in lives:
            each.cancel()
        await asyncio.gather(*(client.close() for each in parties for client in each.clients))


async def _end(parties: Sequence[Party], lives: Sequence["asyncio.Task[None]"]) -> None:
    """Ask for no further moves; after a while, give up on answers too. Raises what a life has raised."""
    for each in parties:
        each.ends.set()
    _, unfinished = await asyncio.wait(lives, timeout=SECONDS_TO_ANSWER)
    for client in (client for each in parties for client in each.clients):
        client.has_to_end = True
    if unfinished:
        await asyncio.wait(unfinished, timeout=SECONDS_TO_ANSWER)
    for one in lives:
        if one.done():
            one.result()


async def _inject(run: Run, injector: Injector, calendar: Calendar) -> None:
    """Inject faults while the phases follow one another."""
    injecting = asyncio.create_task(injector.inject())
    ends = time.monotonic() + run.seconds
    try:
        while (left := ends - time.monotonic()) > 0:
            await asyncio.wait([injecting], timeout=min(left, calendar.phase_seconds))
            if injecting.done():
                injecting.result()
            if ends - time.monotonic() > 1:
                await calendar.leap()
    finally:
        injecting.cancel()
        await asyncio.gather(injecting, return_exceptions=True)
        await injector.stop()


async def _settle(administrator: Administrator, longest: float) -> float:
    """Wait until nothing is due, and then, not longer than given, for mails that a lease holds; seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < GRACE_SECONDS + longest:
        waiting = await administrator.fetchval(statements.WAITING)
        held = await administrator.fetchval(statements.MAILS_HELD)
        if not waiting and (not held or time.monotonic() - began > longest):
            break
        await asyncio.sleep(0.5)
    return time.monotonic() - began
