"""Processes that invoice are killed in the middle: no line twice, no gap in the numbers, each document stored once."""

import re
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.long,
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="chaos finds processes in /proc"),
]


def the_trial(*arguments: str) -> str:
    """What a trial prints, on a system of its own; it has not found anything wrong."""
    ended = subprocess.run([sys.executable, "-m", "tests.chaos", *arguments], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "VIOLATED" not in ended.stdout
    return ended.stdout


def test_an_invoice_run_that_is_killed_in_its_stages_ends_complete() -> None:
    stages = ("--stage", "compose", "--stage", "print", "--stage", "render")

    shown = the_trial("invoice-run", "--invoices", "30", "--kills", "1", *stages, "--rest", "0")

    assert "killed: 1 x during compose, 1 x during print, 1 x during render" in shown


def test_parallel_prints_of_killed_processes_and_forced_rollbacks_leave_no_gap_and_each_document_once() -> None:
    shown = the_trial("prints", "--invoices", "30", "--kills", "2", "--render-kills", "1", "--rest", "0")

    assert "killed: 2 x during print, 1 x during render" in shown
    (rolled_back,) = re.findall(r"rolled back by force +([\d,]+)", shown)
    assert int(rolled_back.replace(",", "")) > 0
