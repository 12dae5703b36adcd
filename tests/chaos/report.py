"""What is printed and kept of a run."""

from tests.chaos.run import Result

WIDTH = 56


def text(result: Result) -> str:
    """The table of a run, with the seed that repeats it."""
    run, ledger, findings = result.run, result.ledger, result.findings
    faults = sum(count for name, count in result.injector.counts.items() if not name.endswith("not reached"))
    lines = [
        f"seed {run.seed}, {run.seconds:.0f} s",
        _line("faults injected", faults),
        *(_line(f"  {name}", count) for name, count in sorted(result.injector.counts.items())),
        *(_line(f"mutations {answer}", count) for answer, count in sorted(ledger.answers.items())),
        _line("answers that were replays", ledger.replayed),
        *(_line(f"  sent again: {why}", count) for why, count in ledger.retries.most_common(8)),
        *(_line(name, count) for name, count in findings.counts.items()),
        f"{'lateness of deadlines':{WIDTH}}{result.lateness}",
        *(f"  {each}" for each in result.lateness.latest),
        f"{'nothing due any more after':{WIDTH}}{result.settled_after:.1f} s",
        *(f"a mail was put off: {each}" for each in result.held_mails),
        *(f"VIOLATED: {promise}: {'; '.join(shown)}" for promise, shown in findings.violations.items()),
        f"logs: {result.logs}",
    ]
    return "\n".join(lines)


def keep(result: Result) -> None:
    """Write the table, the faults and the refusals beside the logs."""
    (result.logs / "chaos.txt").write_text(text(result) + "\n", encoding="utf-8")
    (result.logs / "faults.txt").write_text("\n".join(result.injector.log) + "\n", encoding="utf-8")
    refusals = (f"{count:6}  {name}" for name, count in result.ledger.refusals.most_common())
    (result.logs / "refusals.txt").write_text("\n".join(refusals) + "\n", encoding="utf-8")


def _line(name: str, count: int) -> str:
    return f"{name:{WIDTH}}{count:,}"
