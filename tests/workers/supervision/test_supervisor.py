"""`werkstand up` as a whole: ready, killed in every part, and started again."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.workers.supervision.test_child_process import is_running
from workers.supervision.env_files import read_env_file
from workers.supervision.listening_sockets import listen, port_of

pytestmark = pytest.mark.long

PATIENCE = 600.0  # A first start seeds the demo, which takes minutes on a busy machine.
PARTS = {
    "postgres": r"bin/postgres -D",
    "valkey": r"valkey-server",
    "api": r"werkstand api",
    "clock": r"werkstand clock",
    "worker": r"werkstand worker",
    "inbox": r"workers\.commands\.cli inbox",
}
APPLICATION = ("api", "clock", "worker")
EMBEDDED = ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "STORAGE_URL", "WERKSTAND_SECRET_KEY")


class Started:
    """One running `werkstand up` in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.environment = {name: value for name, value in os.environ.items() if name not in EMBEDDED}
        self.environment |= {"PORT": str(port), "WERKSTAND_VAR_DIR": str(folder)}
        self.start()

    def start(self, *options: str) -> None:
        command = [sys.executable, "-m", "workers.commands.cli", "up", *options]
        with open(self.folder / "out", "wb") as out:
            self.supervisor = subprocess.Popen(command, env=self.environment, stdout=out, stderr=subprocess.STDOUT)
        until(lambda: "Werkstand is ready." in self.said() or self.supervisor.poll() is not None)
        assert self.supervisor.poll() is None, self.said()

    def said(self) -> str:
        return (self.folder / "out").read_text(encoding="utf-8")

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def children(self) -> dict[str, int]:
        """The pid of each part that runs now, forks of the template included."""
        rows = processes()
        ours = {self.supervisor.pid, *template_pids(self.supervisor.pid)}
        return {
            name: pid
            for pid, parent, arguments in rows
            if parent in ours
            for name in PARTS
            if re.search(PARTS[name], arguments)
        }

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "workers.commands.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True).stdout

    def end(self) -> None:
        self.supervisor.terminate()
        self.supervisor.wait(60)


def processes() -> list[tuple[int, int, str]]:
    """The pid, the parent's pid and the command of each process that runs."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    return [(int(pid), int(parent), arguments) for pid, parent, arguments in rows]


def template_pids(supervisor: int) -> list[int]:
    """The template of this supervisor's processes; none where it was just killed."""
    return [pid for pid, parent, command in processes() if parent == supervisor and "template_modules" in command]


@pytest.fixture
def started(folder_of_its_own: Started) -> Started:
    """A running system, started again when the last test has ended it."""
    if folder_of_its_own.supervisor.poll() is not None:
        folder_of_its_own.start()
    return folder_of_its_own


@pytest.fixture(scope="module")
def folder_of_its_own() -> Iterator[Started]:
    """A fresh start with everything embedded."""
    folder = Path(tempfile.mkdtemp(prefix="werkstand-up-"))
    with listen("127.0.0.1", 0) as free:
        port = port_of(free)
    running = Started(folder, port)
    yield running
    running.end()
    shutil.rmtree(folder)


def until(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up_at, "this took too long"
        time.sleep(0.1)


def test_a_fresh_start_tells_where_everything_is(started: Started) -> None:
    said = started.said()

    assert f"http://127.0.0.1:{started.port}/dev/inbox" in said
    assert "member@werkstand.example" in said
    assert set(started.children()) == set(PARTS)


def test_other_commands_find_what_runs(started: Started) -> None:
    until(lambda: "ok    Clock" in started.run("doctor"))

    assert "FAIL" not in started.run("doctor")


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_is_started_again(started: Started, part: str) -> None:
    until(lambda: part in started.children())  # A part that lost its server a moment ago may be on its way back.
    first = started.children()[part]

    with suppress(ProcessLookupError):
        os.kill(first, signal.SIGKILL)

    until(lambda: started.children().get(part, first) != first)
    until(started.is_ready)


def test_a_killed_template_takes_its_forks_along_and_all_are_started_again(started: Started) -> None:
    first = started.children()
    (template,) = template_pids(started.supervisor.pid)

    os.kill(template, signal.SIGKILL)

    until(lambda: not any(is_running(first[part]) for part in APPLICATION))
    until(lambda: set(started.children()) == set(PARTS))
    until(started.is_ready)


def test_a_killed_supervisor_takes_everything_along_and_starts_again(started: Started) -> None:
    children = started.children()
    started.supervisor.kill()
    started.supervisor.wait()
    until(lambda: not any(map(is_running, children.values())))

    started.start("--without-redis")

    assert set(started.children()) == set(PARTS) - {"valkey", "worker"}
    assert "Running without Redis" in started.said()


def test_the_end_is_quick_and_leaves_nothing_running(started: Started) -> None:
    children = started.children()

    started.end()

    assert not any(map(is_running, children.values()))
    assert not read_env_file(started.folder / "running.env")
