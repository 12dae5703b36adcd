"""What clients were told: every mutation that was sent, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

# What the database must hold: the name of an event and its subject, or a table's name and a text that is there once.
Trace = tuple[str, str]


class Answer(StrEnum):
    """What a client knows of its mutation; UNKNOWN when the run ended before there was an answer."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass
class Ledger:
    """Counts of answers, and how many rows each trace must have at least, and may have besides."""

    answers: Counter[Answer] = field(default_factory=Counter)
    acknowledged: Counter[Trace] = field(default_factory=Counter)
    unknown: Counter[Trace] = field(default_factory=Counter)
    refused: Counter[Trace] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    replayed: int = 0
    retries: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)

    def record(self, trace: Trace, key: str, answer: Answer, *, rows: int = 1) -> None:
        """Record the last answer that a mutation got; it leaves so many rows when it is made."""
        self.answers[answer] += 1
        if answer is Answer.ACKNOWLEDGED:
            self.acknowledged[trace] += rows
            self.keys.add(key)
        elif answer is Answer.UNKNOWN:
            self.unknown[trace] += rows
        else:
            self.refused[trace] += rows
