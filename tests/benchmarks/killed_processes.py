"""Processes of benchmarks that say when they are ready, begin at a line, and may be killed at any time."""

import asyncio
import sys
from subprocess import PIPE


async def started(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """A process of this module that has loaded everything, is connected, and has begun."""
    command = (sys.executable, "-m", module, *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    while b"ready" not in await process.stdout.readline():
        pass
    process.stdin.write(b"\n")
    return process


async def kill(process: asyncio.subprocess.Process) -> None:
    """Kill it, if it has not ended by itself."""
    if process.returncode is None:
        process.kill()
    await process.wait()
