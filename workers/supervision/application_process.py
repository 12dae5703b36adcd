"""Processes of the application under supervision: forks of the template where there is one."""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass, replace

from workers.supervision.child_process import ChildProcess, RunningProcess, spawn
from workers.supervision.process_monitor import werkstand_command
from workers.supervision.process_template import fork_command, has_template


@dataclass(kw_only=True)
class ApplicationProcess(ChildProcess):
    """One of Werkstand's own commands that keeps running; `command` is the command and its options.

    `listening` is the socket it serves on.
    """

    listening: socket.socket | None = None

    def _launch(self) -> RunningProcess:
        """Fork the template; without one, or while it is dead, start an interpreter."""
        if has_template():
            with suppress(OSError):
                return fork_command(self.command, {**os.environ, **self.environment}, self.log, self.listening)
        return self._launch_interpreter()

    def _launch_interpreter(self) -> RunningProcess:
        descriptor = self.listening.fileno() if self.listening else None
        options = ("--descriptor", str(descriptor)) if descriptor is not None else ()
        started = replace(
            self,
            command=werkstand_command(*self.command, *options),
            descriptors=(descriptor,) if descriptor is not None else (),
        )
        with open(self.log, "ab") as log:
            return spawn(started, log.fileno())
