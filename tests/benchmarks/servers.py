"""The API and its limit as processes of their own, each on a free port."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

from workers.running.sockets import listen, port_of

API = ("workers.command", "api", "--descriptor")
LIMIT = ("tests.benchmarks.limits",)


@dataclass(frozen=True)
class Server:
    """One process that serves."""

    port: int
    pid: int

    @property
    def most_memory_mib(self) -> int:
        """The most it has ever held."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024


@asynccontextmanager
async def server(*module: str) -> AsyncIterator[Server]:
    """Run a module with a listening socket for its last argument, until the block ends."""
    with listen("127.0.0.1", 0) as listening:
        command = (sys.executable, "-m", *module, str(listening.fileno()))
        process = await asyncio.create_subprocess_exec(*command, pass_fds=[listening.fileno()], stderr=DEVNULL)
        try:
            yield Server(port_of(listening), process.pid)
        finally:
            process.terminate()
            await process.wait()
