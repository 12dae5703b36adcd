"""Supervised child processes: started from the main thread, restarted when they die, ended with the supervisor."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from workers.supervision.var_folder import rotate_log

PR_SET_PDEATHSIG = 1
FIRST_RESTART_SECONDS = 0.2
MAX_RESTART_SECONDS = 10.0
STABLE_AFTER_SECONDS = 3.0


class RunningProcess(Protocol):
    """What a started process offers to the one that watches it; `subprocess.Popen` does."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int, /) -> None: ...

    def kill(self) -> None: ...


@dataclass(kw_only=True)
class ChildProcess:
    """One process of the running product.

    `stop_signal` ends it in good order; the kernel sends it `parent_death_signal` when this process ends.
    `descriptors` are open sockets it inherits. `before_start` repairs what a killed one may have left.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    os_user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    parent_death_signal: signal.Signals = signal.SIGKILL
    stop_timeout_seconds: float = 8.0
    descriptors: tuple[int, ...] = ()
    before_start: Callable[[], None] = lambda: None

    _process: RunningProcess | None = None
    _started_at: float = 0.0
    _restart_delay_seconds: float = FIRST_RESTART_SECONDS
    _restart_at: float = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it now; must be called in the main thread, to which the kernel ties its life."""
        self.before_start()
        rotate_log(self.log)
        self._process = self._launch()
        self._started_at = time.monotonic()

    def _launch(self) -> RunningProcess:
        with open(self.log, "ab") as log:
            return spawn(self, log.fileno())

    def restart_if_dead(self) -> str | None:
        """Restart it once its pause is over; returns a sentence when it has just been found dead."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._restart_at:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        self._process = None
        self._restart_at = now + self._next_delay(now - self._started_at)
        return f"{self.name} ended ({_exit_reason(code)}) and is started again; its log is {self.log}"

    def _next_delay(self, lived_seconds: float) -> float:
        """So long after its end it is started again: at once when it had worked, later each time when it had not."""
        if lived_seconds > STABLE_AFTER_SECONDS:
            self._restart_delay_seconds = FIRST_RESTART_SECONDS
        delay = self._restart_delay_seconds
        self._restart_delay_seconds = min(delay * 2, MAX_RESTART_SECONDS)
        return delay

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def request_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(self.stop_signal)

    def wait_until_stopped(self) -> None:
        """Wait for its regular end, and kill it when that takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(self.stop_timeout_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def stop_all(children: Sequence[ChildProcess]) -> None:
    """End these together; returns when all are gone."""
    for child in children:
        child.request_stop()
    for child in children:
        child.wait_until_stopped()


def spawn(child: ChildProcess, output: int) -> subprocess.Popen[bytes]:
    """Start the process in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    user = pwd.getpwnam(child.os_user) if child.os_user else None
    return subprocess.Popen(
        child.command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**os.environ, **child.environment},
        cwd="/" if user else None,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        start_new_session=True,
        pass_fds=child.descriptors,
        preexec_fn=die_with_parent(child.parent_death_signal),
    )


def die_with_parent(death_signal: signal.Signals, parent: int | None = None) -> Callable[[], None]:
    """What a process runs so that the kernel signals it when `parent`, by default we, vanishes (Linux)."""
    parent = parent or os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def bind() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return bind


def _exit_reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
