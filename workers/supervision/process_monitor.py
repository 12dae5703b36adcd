"""Monitor of child processes: one loop that restarts dead ones until a signal to end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from workers.errors import CommandError
from workers.supervision.child_process import ChildProcess, die_with_parent, stop_all

POLL_SECONDS = 0.1
TASK_TIMEOUT_SECONDS = 300.0


class StopRequested(Exception):
    """A signal asked this process to end."""


class ProcessMonitor:
    """The children of this process, in the order they were started; used in the main thread only."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[ChildProcess] = []
        self._stop_requested = False
        self._print_line = say

    def stop_on_signals(self) -> None:
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, self._on_signal)

    def start(self, child: ChildProcess) -> None:
        child.start()
        self.children.append(child)

    def wait_for(self, what: str, ready: Callable[[], bool], *, seconds: float, log: Path) -> None:
        """Tend the children until `ready`; raises `CommandError` when that takes longer."""
        give_up_at = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > give_up_at:
                raise CommandError(f"{what} did not become ready within {seconds:.0f} seconds; its log is {log}.")
            self.poll()

    def run(self) -> None:
        """Tend the children until a signal to end, then raise `StopRequested`."""
        while True:
            self.poll()

    def poll(self) -> None:
        """Check every child once and sleep briefly."""
        time.sleep(POLL_SECONDS)
        if self._stop_requested:
            raise StopRequested
        for child in self.children:
            if news := child.restart_if_dead():
                self._print_line(news)

    def run_task(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        """Run something once to its end while the children are tended; raises `CommandError` when it fails."""
        with open(log, "wb") as output:
            task = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        try:
            self.wait_for(name, lambda: task.poll() is not None, seconds=TASK_TIMEOUT_SECONDS, log=log)
        finally:
            task.kill()
        if task.wait() != 0:
            raise CommandError(f"{name} failed: {_last_line(log)} The whole story is in {log}.")

    def stop_all(self, *waves: frozenset[str]) -> None:
        """End the children wave by wave, by name; those in no wave come last, newest first."""
        for wave in waves:
            stop_all([child for child in self.children if child.name in wave])
        stop_all(self.children[::-1])
        self.children.clear()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """Only note it: a lock taken here could be one the interrupted main thread holds."""
        self._stop_requested = True


def stop_with_parent() -> None:
    """Have the kernel ask this process to end when the one that started it vanishes (Linux)."""
    parent = os.getppid()
    die_with_parent(signal.SIGTERM, parent=parent)()


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return f"{lines[-1].strip()}." if lines else "it said nothing."


def werkstand_command(*arguments: str) -> list[str]:
    """Run one of Werkstand's own commands with this very interpreter."""
    return [sys.executable, "-m", "workers.commands.cli", *arguments]
