"""Findings of a verification: which row is broken, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

# So many are kept with their row; all are counted.
MAX_KEPT = 20


class Fault(StrEnum):
    """What is wrong with a row."""

    CHANGED = "CHANGED"
    PREDECESSOR_MISSING = "PREDECESSOR_MISSING"
    NOT_LINKED = "NOT_LINKED"
    END_MISSING = "END_MISSING"
    CHAIN_MISSING = "CHAIN_MISSING"
    HEAD_MISSING = "HEAD_MISSING"
    HEAD_CHANGED = "HEAD_CHANGED"
    DAY_CHANGED = "DAY_CHANGED"
    ANCHOR_MISSING = "ANCHOR_MISSING"
    ROW_MISSING = "ROW_MISSING"
    SEAL_MISSING = "SEAL_MISSING"
    NUMBER_MISSING = "NUMBER_MISSING"
    NUMBER_TWICE = "NUMBER_TWICE"
    NUMBER_BEYOND_SERIES = "NUMBER_BEYOND_SERIES"
    DOCUMENT_MISSING = "DOCUMENT_MISSING"
    NOT_IN_REGISTER = "NOT_IN_REGISTER"
    FILE_MISSING = "FILE_MISSING"
    FILE_CHANGED = "FILE_CHANGED"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One broken row. `subject` says what it is about: a noun and an id, a series, or a day."""

    table: str
    row_id: str
    fault: Fault
    subject: str = ""

    def __str__(self) -> str:
        about = f" ({self.subject})" if self.subject else ""
        return f"{self.table} {self.row_id}{about}: {self.fault}"


@dataclass(kw_only=True)
class Report:
    """What was looked at and what was found, in the order of the checks.

    `unchecked` counts the files that the storage did not give; they are neither intact nor broken.
    """

    events: int = 0
    rows: int = 0
    documents: int = 0
    files: int = 0
    unchecked: int = 0
    broken: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        return not self.broken

    def add(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add findings: rows with `row_id`, `fault` and perhaps `subject`. Only the first ones are kept."""
        for row in rows:
            self.broken += 1
            if len(self.findings) < MAX_KEPT:
                fault, subject = Fault(row["fault"]), row.get("subject") or ""
                self.findings.append(Finding(table=table, row_id=str(row["row_id"]), fault=fault, subject=subject))

    def as_json(self) -> list[dict[str, str]]:
        """The kept findings as plain values."""
        return [asdict(finding) for finding in self.findings]
