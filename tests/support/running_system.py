"""The whole system as `werkstand up` starts it, in a folder of its own, spoken to over HTTP only."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from tests.support.polling import PATIENCE_SECONDS

Found = TypeVar("Found")
SECONDS_TO_START = 300


class RunningSystem:
    """One running Werkstand: its pages, its APIs, its mails, and the command."""

    def __init__(self, folder: Path, port: int, *, demo: bool) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL", "SMTP_URL", "STORAGE_URL", "WERKSTAND_SECRET_KEY"}
        } | {"WERKSTAND_VAR_DIR": str(folder / "var"), "PORT": str(port), "WERKSTAND_DEMO": str(demo).lower()}
        self.http = httpx2.Client(base_url=self.base, timeout=PATIENCE_SECONDS)

    def command(self, *words: str) -> str:
        """Run `werkstand …` against the running system and return what it printed."""
        run = [sys.executable, "-m", "workers.commands.cli", *words]
        return subprocess.run(run, env=self.environment, check=True, capture_output=True, text=True).stdout.strip()

    def ask(self, path: str, key: str, document: str, **variables: Any) -> dict[str, Any]:
        """Send one GraphQL request; the answer must have no top-level errors."""
        body = {"query": document, "variables": variables}
        answer = self.http.post(path, json=body, headers={"Authorization": key}).json()
        assert "errors" not in answer, answer["errors"]
        found: dict[str, Any] = answer["data"]
        return found

    def mail_to(self, address: str, subject: str) -> str:
        """The text of the newest mail to an address whose subject holds these words, once it has arrived."""

        def found() -> str | None:
            index = self.http.get("/dev/inbox").text
            for number in re.findall(r'href="/dev/inbox/([^"]+)"', index):
                page = self.http.get(f"/dev/inbox/{number}").text
                if address in page and subject in page:
                    return page
            return None

        return eventually(found)


def eventually(found: Callable[[], Found | None], *, seconds: float = PATIENCE_SECONDS) -> Found:
    """Wait until something another process does can be seen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.2)
    raise AssertionError(f"did not happen within {seconds} s: {found.__qualname__}")


@contextmanager
def running(folder: Path, *options: str, demo: bool = True) -> Iterator[RunningSystem]:
    """Start everything, with or without the demo, give it back when it is ready, and end it."""
    system = RunningSystem(folder, a_free_port(), demo=demo)
    run = [sys.executable, "-m", "workers.commands.cli", "up", *options]
    with (folder / "up.log").open("w") as log:
        process = subprocess.Popen(run, env=system.environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        until_ready(system, process)
        yield system
    finally:
        system.http.close()
        process.send_signal(signal.SIGINT)
        process.wait(60)


def until_ready(system: RunningSystem, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, "the system ended while it was starting"
        try:
            if system.http.get("/health/ready").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise AssertionError("the system did not become ready")


def a_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
