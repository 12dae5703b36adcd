"""The audits of graphql-http, and those it expects otherwise than the specification of September 2026."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.clients.results import Result

EXCEPTIONS_FILE = Path(__file__).parent / "audit_exceptions.toml"


def exceptions() -> Mapping[str, str]:
    """The audits that need not pass, by their id, with the reason."""
    content = tomllib.loads(EXCEPTIONS_FILE.read_text("utf-8"))
    return {each["id"]: each["reason"] for each in content["exception"]}


def audit_results(audits: Sequence[Mapping[str, str | bool]]) -> Iterator[Result]:
    """One result for MUST and one for SHOULD; MAY is free, and an exception that passes is one no longer."""
    excused = exceptions()
    for kind in ("MUST", "SHOULD"):
        failed = [f"{each['id']} {each['name']}" for each in audits if each["failed"] and each["kind"] == kind]
        wrong = [name for name in failed if kind == "MUST" or name.partition(" ")[0] not in excused]
        yield Result(f"graphql-http audits: {kind}", "", "; ".join(wrong) or None if audits else "nothing was audited")
    passed = [each["id"] for each in audits if not each["failed"] and each["id"] in excused]
    yield Result("graphql-http audits: exceptions are needed", "", f"pass now: {passed}" if passed else None)
