"""Child processes that are watched: started from the main thread, restarted when they die, ended with us."""

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

from workers.running.folder import keep_small

PR_SET_PDEATHSIG = 1
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 10.0


@dataclass(kw_only=True)
class Child:
    """One process of the running product.

    `stop_with` ends it in good order; `when_we_die` is what the kernel sends it should we vanish.
    `descriptors` are open sockets it inherits. `before_start` repairs what a killed one may have left.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    os_user: str | None = None
    stop_with: signal.Signals = signal.SIGTERM
    when_we_die: signal.Signals = signal.SIGKILL
    seconds_to_stop: float = 8.0
    descriptors: tuple[int, ...] = ()
    before_start: Callable[[], None] = lambda: None

    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _pause: float = FIRST_PAUSE
    _start_again_at: float = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it now; must be called in the main thread, to which the kernel ties its life."""
        self.before_start()
        keep_small(self.log)
        with open(self.log, "ab") as log:
            self._process = spawn(self, log.fileno())
        self._started_at = time.monotonic()

    def tend(self) -> str | None:
        """Restart it once its pause is over; returns a sentence when it has just been found dead."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_again_at:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        self._process = None
        if now - self._started_at > STEADY_AFTER:
            self._pause = FIRST_PAUSE
        self._start_again_at = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return f"{self.name} ended ({_ending(code)}) and is started again; its log is {self.log}"

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(self.stop_with)

    def wait_until_stopped(self) -> None:
        """Wait for its good end, and end it the hard way when that takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(self.seconds_to_stop)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def stop_all(children: Sequence[Child]) -> None:
    """End these together; returns when all are gone."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_until_stopped()


def spawn(child: Child, output: int) -> subprocess.Popen[bytes]:
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
        preexec_fn=ends_with_parent(child.when_we_die),
    )


def ends_with_parent(last_signal: signal.Signals, parent: int | None = None) -> Callable[[], None]:
    """What a process runs so that the kernel signals it when `parent`, by default we, vanishes (Linux)."""
    parent = parent or os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def bind() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, last_signal)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return bind


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
