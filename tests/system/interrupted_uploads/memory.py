"""How much memory processes take while they work, beyond what they had when they began."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from workers.supervision.child_process import ChildProcess

LOOK_SECONDS = 0.05


@dataclass
class Life:
    """One process: what it had when it was seen to work, and the most it has had since; bytes."""

    answers_before: int
    settled: int = 0
    peak: int = 0

    def see(self, resident: int, answers: int) -> None:
        """Take in one look. What it loads before it works has nothing to do with what it is sent."""
        if not self.settled and answers > self.answers_before:
            self.settled = resident
        if self.settled:
            self.peak = max(self.peak, resident)


@dataclass
class MemoryWatch:
    """What was seen of each process, by its name."""

    lives: dict[tuple[str, int], Life] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget what was seen so far."""
        self.lives.clear()

    def growth(self, name: str) -> int:
        """The largest growth of a process of this name, in bytes."""
        grown = [life.peak - life.settled for (of, _), life in self.lives.items() if of == name and life.settled]
        assert grown, f"no process {name} has worked"
        return max(grown)


@asynccontextmanager
async def watching(*children: ChildProcess, answers: Callable[[], int]) -> AsyncIterator[MemoryWatch]:
    """Look at these processes until the block ends. The system works when it has given more answers than before."""
    watch = MemoryWatch()

    async def look() -> None:
        while True:
            for child in children:
                if child.pid and (resident := _resident_bytes(child.pid)):
                    life = watch.lives.setdefault((child.name, child.pid), Life(answers()))
                    life.see(resident, answers())
            await asyncio.sleep(LOOK_SECONDS)

    looking = asyncio.create_task(look())
    try:
        yield watch
    finally:
        looking.cancel()
        await asyncio.wait([looking])


def _resident_bytes(pid: int) -> int:
    """What a process has in memory; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)
