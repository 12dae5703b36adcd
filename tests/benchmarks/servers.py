"""The API and what it is compared with as processes of their own, each on a free port."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

from workers.supervision.listening_sockets import listen, port_of

API = (sys.executable, "-m", "workers.commands.cli", "api", "--descriptor")
LIMIT = (sys.executable, "-m", "tests.benchmarks.limits")


@dataclass(frozen=True)
class Server:
    """One process that serves."""

    port: int
    pid: int

    @property
    def most_memory_mib(self) -> int:
        """The most it has ever held."""
        return most_memory_mib(Path(f"/proc/{self.pid}/status"))


def most_memory_mib(status: Path) -> int:
    """The most memory that a process has ever held, from its status file."""
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024


@asynccontextmanager
async def server(*command: str) -> AsyncIterator[Server]:
    """Run a command with a listening socket for its last argument, until the block ends."""
    with listen("127.0.0.1", 0) as listening:
        number = listening.fileno()
        process = await asyncio.create_subprocess_exec(
            *command, str(number), pass_fds=[number], stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            yield Server(port_of(listening), process.pid)
        finally:
            process.terminate()
            await process.wait()
