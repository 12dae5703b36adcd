"""Faults, drawn from a seeded generator: kills, pauses and cut connections, at any time and at named points."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from tests.chaos.connection import Administrator
from tests.chaos.faults import signals
from tests.chaos.faults.points import POINTS, reached
from tests.chaos.system import ChaosSystem

APIS, CLOCKS, WORKER = ("api-1", "api-2"), ("clock-1", "clock-2"), "worker"
SHORTEST_REST, LONGEST_REST = 0.5, 2.5
SHORTEST_PAUSE, LONGEST_PAUSE = 0.3, 4.0
SESSIONS = "SELECT pid FROM pg_stat_activity WHERE usename = 'werkstand_runtime' ORDER BY pid"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'werkstand_runtime' AND pid = ANY($1)"

Injection = Callable[["Injector"], Awaitable[str]]


@dataclass
class Injector:
    """Injects faults into a system until it is told to stop, and remembers each."""

    system: ChaosSystem
    administrator: Administrator
    chance: random.Random
    log: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    pauses: set[asyncio.Task[None]] = field(default_factory=set)

    async def inject(self) -> None:
        """Inject one fault after the other; ends by being cancelled."""
        names, weights = list(FAULTS), [weight for weight, _ in FAULTS.values()]
        began = asyncio.get_running_loop().time()
        while True:
            await asyncio.sleep(self.chance.uniform(SHORTEST_REST, LONGEST_REST))
            name = self.chance.choices(names, weights)[0]
            what = await FAULTS[name][1](self)
            self.counts[name if what else f"{name}, not reached"] += 1
            self.log.append(f"{asyncio.get_running_loop().time() - began:7.2f}  {name}: {what or 'not reached'}")

    async def stop(self) -> None:
        """Let everything go on that is still paused."""
        for task in self.pauses:
            task.cancel()
        await asyncio.gather(*self.pauses, return_exceptions=True)

    def pause(self, *pids: int) -> str:
        """Pause processes for a while, during which other faults may happen."""
        seconds = self.chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)
        task = asyncio.create_task(signals.pause(pids, seconds))
        self.pauses.add(task)
        task.add_done_callback(self.pauses.discard)
        return f"{len(pids)} for {seconds:.1f} s"

    def kill(self, *names: str) -> str:
        signals.kill(self.system.processes(*names))
        return ", ".join(names)

    def pid(self, name: str) -> int:
        """The process of this name; 0 while it is being started again."""
        (child,) = self.system.processes(name)
        return child.pid or 0


async def _kill_api(injector: Injector) -> str:
    return injector.kill(injector.chance.choice(APIS))


async def _kill_both_apis(injector: Injector) -> str:
    return injector.kill(*APIS)


async def _kill_clock(injector: Injector) -> str:
    return injector.kill(injector.chance.choice(CLOCKS))


async def _kill_worker(injector: Injector) -> str:
    return injector.kill(WORKER)


async def _kill_valkey(injector: Injector) -> str:
    return injector.kill("valkey")


async def _kill_postgres(injector: Injector) -> str:
    return injector.kill("postgres")


async def _kill_backend(injector: Injector) -> str:
    """PostgreSQL ends all its sessions and recovers when one of them is killed."""
    if not (session := await _session(injector)):
        return ""
    signals.send([session], signal.SIGKILL)
    return "one session"


async def _cut_connection(injector: Injector) -> str:
    if not (session := await _session(injector)):
        return ""
    await injector.administrator.fetch(CUT, [session])
    return "one session"


async def _cut_all_connections(injector: Injector) -> str:
    sessions = [row["pid"] for row in await injector.administrator.fetch(SESSIONS)]
    await injector.administrator.fetch(CUT, sessions)
    return f"{len(sessions)} sessions"


async def _pause_process(injector: Injector) -> str:
    name = injector.chance.choice((*APIS, *CLOCKS, WORKER, "valkey"))
    pid = injector.pid(name)
    return f"{name}, {injector.pause(pid)}" if pid else ""


async def _pause_backend(injector: Injector) -> str:
    session = await _session(injector)
    return injector.pause(session) if session else ""


async def _pause_postgres(injector: Injector) -> str:
    pid = injector.pid("postgres")
    return injector.pause(*signals.with_children(pid)) if pid else ""


async def _session(injector: Injector) -> int:
    """A session of the application; 0 without any."""
    sessions = [row["pid"] for row in await injector.administrator.fetch(SESSIONS)]
    return injector.chance.choice(sessions) if sessions else 0


def _at_point(name: str) -> Injection:
    """Kill what a named point asks for as soon as its state is seen."""

    async def strike(injector: Injector) -> str:
        victims = await reached(POINTS[name], injector.administrator, injector.system, injector.chance)
        return injector.kill(*victims) if victims else ""

    return strike


# How often each is drawn, beside the others.
FAULTS: Mapping[str, tuple[int, Injection]] = {
    "kill an API": (10, _kill_api),
    "kill both APIs": (3, _kill_both_apis),
    "kill a scheduler": (10, _kill_clock),
    "kill the worker": (6, _kill_worker),
    "kill Valkey": (5, _kill_valkey),
    "kill PostgreSQL": (3, _kill_postgres),
    "kill a session of PostgreSQL": (3, _kill_backend),
    "cut a connection": (8, _cut_connection),
    "cut all connections": (4, _cut_all_connections),
    "pause a process": (12, _pause_process),
    "pause a session of PostgreSQL": (5, _pause_backend),
    "pause PostgreSQL": (3, _pause_postgres),
    **{f"at a point: {name}": (5, _at_point(name)) for name in POINTS},
}
