"""What was tried with which client, and the table of it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("query", "mutation", "subscription", "another port")
AWAITED_FILE = Path(__file__).parent / "awaited.toml"


@dataclass(frozen=True)
class Result:
    """One step of one client. `step` is empty for a tool that does one thing; `error` is None when it works."""

    client: str
    step: str
    error: str | None

    @property
    def key(self) -> str:
        """Its name in awaited.toml."""
        return f"{self.client}: {self.step}" if self.step else self.client


def awaited_reasons() -> Mapping[str, str]:
    """Why each step that does not work yet is expected not to."""
    content = tomllib.loads(AWAITED_FILE.read_text("utf-8"))
    return {key: reason for reason, keys in content.items() for key in keys}


def report(results: Sequence[Result]) -> bool:
    """Print both tables and what is wrong; returns whether all is as expected."""
    awaited = awaited_reasons()
    clients = dict.fromkeys(result.client for result in results if result.step)
    by_key = {result.key: result for result in results}
    _print_row("client", *COLUMNS)
    for client in clients:
        _print_row(client, *(_word(by_key.get(f"{client}: {step}"), awaited) for step in COLUMNS))
    print()
    for result in results:
        if not result.step:
            _print_row(result.client, _word(result, awaited))
    print()
    return _print_problems(results, awaited)


def _print_row(first: str, *others: str) -> None:
    print(f"{first:<58}" + "".join(f"{word:<15}" for word in others))


def _word(result: Result | None, awaited: Mapping[str, str]) -> str:
    if result is None:
        return "-"
    if result.error is None:
        return "works"
    return "awaited" if result.key in awaited else "FAILS"


def _print_problems(results: Iterable[Result], awaited: Mapping[str, str]) -> bool:
    """Print why something does not work; what works though it is awaited has to leave the list, so it counts too."""
    is_expected = True
    for result in results:
        if result.error is not None:
            reason = awaited.get(result.key)
            print(f"{result.key}: {result.error}" + (f" (awaits {reason})" if reason else ""))
            is_expected &= reason is not None
        elif result.key in awaited:
            print(f"{result.key}: works now; take it from {AWAITED_FILE.name}")
            is_expected = False
    return is_expected
