"""Children: restarted when they die, ended with their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from workers.errors import CommandError
from workers.supervision import child_process
from workers.supervision.child_process import ChildProcess
from workers.supervision.process_monitor import ProcessMonitor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
A_PARENT = """
import sys, time
from pathlib import Path
from workers.supervision.child_process import ChildProcess
child = ChildProcess(name="child", command=["sleep", "60"], log=Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def news() -> list[str]:
    return []


@pytest.fixture
def watch(news: list[str]) -> Iterator[ProcessMonitor]:
    watch = ProcessMonitor(news.append)
    yield watch
    watch.stop_all()


def until(watch: ProcessMonitor, holds: Callable[[], bool], log: Path) -> None:
    watch.wait_for("The test", holds, seconds=60, log=log)


def test_a_killed_child_is_started_again(watch: ProcessMonitor, news: list[str], tmp_path: Path) -> None:
    child = ChildProcess(name="sleeper", command=SLEEP, log=tmp_path / "log")
    watch.start(child)
    first = child.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    until(watch, lambda: child.is_alive() and child.pid != first, tmp_path)

    assert news == [f"sleeper ended (SIGKILL) and is started again; its log is {tmp_path / 'log'}"]


def test_a_child_that_keeps_dying_is_tried_less_and_less_often(
    watch: ProcessMonitor, news: list[str], tmp_path: Path
) -> None:
    watch.start(ChildProcess(name="broken", command=["false"], log=tmp_path / "log"))
    begun = time.monotonic()

    until(watch, lambda: len(news) == 4, tmp_path)

    assert time.monotonic() - begun > 0.2 + 0.4 + 0.8
    assert "exit code 1" in news[0]


def test_a_child_that_worked_for_a_while_is_started_at_once_however_often_it_is_killed(
    watch: ProcessMonitor, news: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "STABLE_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(child_process, "MAX_RESTART_SECONDS", 600.0)
    child = ChildProcess(name="sleeper", command=SLEEP, log=tmp_path / "log")
    watch.start(child)

    for _ in range(12):
        killed = child.pid or 0
        os.kill(killed, signal.SIGKILL)
        until(watch, partial(is_another, child, killed), tmp_path)


def test_a_child_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    )
    log = tmp_path / "log"
    child = ChildProcess(name="stubborn", command=[sys.executable, "-c", stubborn], log=log, stop_timeout_seconds=0.2)
    child.start()
    while not log.read_text(encoding="utf-8"):
        os.sched_yield()

    child.request_stop()
    child.wait_until_stopped()

    assert child.pid is None


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", A_PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())

        parent.kill()
        parent.wait()

    while is_running(child):
        os.sched_yield()


def test_a_task_that_fails_is_refused_with_its_last_words(watch: ProcessMonitor, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Preparing failed: the disk is full\. The whole story is in"):
        watch.run_task("Preparing", ["sh", "-c", "echo the disk is full; exit 3"], {}, tmp_path / "log")


def test_what_never_becomes_ready_is_refused_with_its_log(watch: ProcessMonitor, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The API did not become ready within 0 seconds; its log is"):
        watch.wait_for("The API", lambda: False, seconds=0.2, log=tmp_path)


def is_another(child: ChildProcess, pid: int) -> bool:
    return child.is_alive() and child.pid != pid


def is_running(pid: int) -> bool:
    """A zombie, which only waits to be collected, does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
