"""One of Werkstand's commands in a fork of the template: made a process of its own before the command runs."""

import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from setproctitle import setproctitle

from workers.supervision.child_process import die_with_parent

STDOUT, STDERR = 1, 2


def run_command(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path, listening: socket.socket | None
) -> None:
    """Run the command with this environment and log until it ends; a socket is named to it by its descriptor."""
    from workers.commands import cli
    from workers.supervision.template_modules import TEMPLATE_PID

    setproctitle(" ".join(("werkstand", *arguments)))  # It finds its place beside the environment as it was.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent(signal.SIGKILL, parent=TEMPLATE_PID)()
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    with open(log, "ab") as output:
        os.dup2(output.fileno(), STDOUT)
        os.dup2(output.fileno(), STDERR)
    descriptor = ("--descriptor", str(listening.fileno())) if listening else ()
    sys.argv = ["werkstand", *arguments, *descriptor]
    cli.main()
