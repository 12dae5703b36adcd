"""Half a minute of chaos on a system of its own: nothing is lost, doubled or early while processes and servers die."""

import subprocess
import sys

import pytest

SEED, SECONDS, SETTLE_SECONDS = "1", "30", "0"


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="chaos finds processes in /proc")
def test_nothing_is_lost_doubled_or_early_while_everything_is_killed() -> None:
    command = (sys.executable, "-m", "tests.chaos", "run")

    ended = subprocess.run(
        [*command, "--seed", SEED, "--seconds", SECONDS, "--settle", SETTLE_SECONDS], capture_output=True, text=True
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "VIOLATED" not in ended.stdout
