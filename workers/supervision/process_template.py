"""The template of the application's processes: it has loaded their modules once, and each start is a fork of it.

A fork is up in a tenth of the time a new interpreter needs, which counts most when several were killed together.
`multiprocessing`'s fork server is the template; it ends with the process that started it, and so do its forks.
"""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from workers.supervision.forked_command import run_command

TEMPLATE_MODULES = ["workers.supervision.template_modules"]


class ForkedProcess:
    """A fork of the template, with what `subprocess.Popen` offers to the one that watches a process."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Return its exit code, negative for a signal, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises `subprocess.TimeoutExpired` when that takes longer."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0.0)
        return code

    def send_signal(self, number: int, /) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def has_template() -> bool:
    """Forks are tied to their template by the Linux kernel; elsewhere each process is an interpreter of its own."""
    return sys.platform == "linux"


def prepare_template() -> None:
    """Have the template load its modules meanwhile; the first fork would wait for it."""
    if has_template():
        _context()
        forkserver.ensure_running()


def fork_command(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path, listening: socket.socket | None
) -> ForkedProcess:
    """Run one of Werkstand's commands in a fork of the template; raises `OSError` when there is none at this moment."""
    process = _context().Process(
        target=run_command, args=(tuple(arguments), dict(environment), log, listening), name=arguments[0]
    )
    try:
        process.start()
    except EOFError:
        raise ConnectionError("The template of processes ended; the next start begins a new one.") from None
    return ForkedProcess(process)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(TEMPLATE_MODULES)
    return context
