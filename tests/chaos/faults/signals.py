"""Signals to the processes of a system, some of which may be gone by then."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from workers.supervision.child_process import ChildProcess


def kill(children: Sequence[ChildProcess]) -> None:
    """Kill them (-9); what supervises them starts them again."""
    send([child.pid for child in children if child.pid], signal.SIGKILL)


def send(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


async def pause(pids: Sequence[int], seconds: float) -> None:
    """Stop them for so long, and let them go on also when this is cancelled."""
    send(pids, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        send(pids, signal.SIGCONT)


def with_children(pid: int) -> list[int]:
    """A process and its children, as those of PostgreSQL are."""
    try:
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    except OSError:
        return [pid]
