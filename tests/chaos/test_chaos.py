"""Chaos on a system of its own: nothing is lost, doubled or early while processes and servers die."""

import subprocess
import sys

import pytest

SEED, SETTLE_SECONDS = "1", "0"
# Four phases of which none is shorter than eight seconds; a minute shows more of the same.
SHORT, LONG = "32", pytest.param("60", marks=pytest.mark.thorough)


@pytest.mark.long
@pytest.mark.parametrize("seconds", [SHORT, LONG])
@pytest.mark.skipif(sys.platform != "linux", reason="chaos finds processes in /proc")
def test_nothing_is_lost_doubled_or_early_while_everything_is_killed(seconds: str) -> None:
    command = (sys.executable, "-m", "tests.chaos", "run")

    ended = subprocess.run(
        [*command, "--seed", SEED, "--seconds", seconds, "--settle", SETTLE_SECONDS], capture_output=True, text=True
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "VIOLATED" not in ended.stdout
