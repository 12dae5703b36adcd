"""An API and a scheduler as processes of their own, on the database of the test, behind a proxy that cuts lines."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx2

from tests.chaos.faults import signals
from tests.chaos.system import supervised
from tests.support.polling import it_happens
from tests.system.interrupted_uploads.cutting_proxy import CuttingProxy, a_cutting_proxy
from tests.system.interrupted_uploads.memory import MemoryWatch, watching
from workers.supervision.child_process import ChildProcess
from workers.supervision.listening_sockets import listen, port_of
from workers.supervision.process_monitor import ProcessMonitor, werkstand_command

Each = TypeVar("Each")
# Both processes start beside everything else that a busy machine does.
START_SECONDS = 240.0


@dataclass(kw_only=True)
class InterruptedSystem:
    """What clients speak to, and what can be done to it."""

    proxy: CuttingProxy
    api: ChildProcess
    memory: MemoryWatch
    kills: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.proxy.port}"

    def kill_api(self) -> None:
        """Kill it (-9); it is started again."""
        self.kills += 1
        signals.kill([self.api])

    def interrupt(self, size: int, *, cuts: int, kills: int) -> None:
        """Cut lines and kill the API, evenly spread over so many bytes that clients send."""
        actions = _spread(cuts * [self.proxy.cut], kills * [self.kill_api])
        due = [
            (self.proxy.sent_bytes + size * (number + 1) // (len(actions) + 1), action)
            for number, action in enumerate(actions)
        ]

        def strike(total: int) -> None:
            if due and total >= due[0][0]:
                due.pop(0)[1]()

        self.memory.begin()
        self.proxy.after_bytes = strike


def _spread(many: Sequence[Each], few: Sequence[Each]) -> list[Each]:
    """All in one order, in which the few are as far apart as can be."""
    placed = [((place + 0.5) / len(group), each) for group in (many, few) for place, each in enumerate(group)]
    return [each for _, each in sorted(placed, key=lambda entry: entry[0])]


@asynccontextmanager
async def interrupted_system(folder: Path) -> AsyncIterator[InterruptedSystem]:
    """Start it, and end it with the block."""
    monitor = ProcessMonitor(lambda sentence: None)
    with listen("127.0.0.1", 0) as listening:
        async with a_cutting_proxy(port_of(listening)) as proxy:
            told = {"WERKSTAND_BASE_URL": f"http://127.0.0.1:{proxy.port}"}
            descriptor = listening.fileno()
            api = ChildProcess(
                name="api",
                command=werkstand_command("api", "--descriptor", str(descriptor)),
                log=folder / "api.log",
                environment=told,
                descriptors=(descriptor,),
            )
            clock = ChildProcess(
                name="clock", command=werkstand_command("clock"), log=folder / "clock.log", environment=told
            )
            try:
                for child in (api, clock):
                    monitor.start(child)
                async with supervised(monitor), watching(api, clock, answers=lambda: proxy.answered_bytes) as memory:
                    await _until_ready(proxy.port)
                    yield InterruptedSystem(proxy=proxy, api=api, memory=memory)
            finally:
                await asyncio.to_thread(monitor.stop_all)


async def _until_ready(port: int) -> None:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

        async def is_ready() -> bool:
            try:
                return (await client.get("/health/ready")).status_code == httpx2.codes.OK
            except httpx2.TransportError:
                return False

        await it_happens(is_ready, START_SECONDS)
