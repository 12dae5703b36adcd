"""Formats of document numbers: `RE-{year}-{number:5}` gives RE-2026-00001 and starts anew each year."""

import re
from dataclasses import dataclass
from typing import Self

FORMAT = re.compile(r"(?P<head>(?:[A-Za-z0-9./_-]|\{year\})*)\{number(?::(?P<digits>[1-9]))?\}")
LONGEST = 30
YEAR = "{year}"


@dataclass(frozen=True)
class NumberFormat:
    """A series of consecutive numbers: `head` stands before each, which has at least so many `digits`.

    With `{year}` in its head each year is a series of its own.
    """

    head: str
    digits: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The format that a text describes; nothing when it has not exactly one `{number}`, at its end."""
        match = FORMAT.fullmatch(text)
        if match is None or len(text) > LONGEST or match["head"].count(YEAR) > 1:
            return None
        return cls(match["head"], int(match["digits"] or 1))

    def series(self, year: int) -> str:
        """The name of the series of a year: the head without the dash before the number."""
        return self.filled_head(year).rstrip("-./_") or "-"

    def number(self, year: int, sequence: int) -> str:
        """The document number of this place in the series."""
        return f"{self.filled_head(year)}{sequence:0{self.digits}}"

    def filled_head(self, year: int) -> str:
        return self.head.replace(YEAR, f"{year:04}")

    def is_apart_from(self, other: Self) -> bool:
        """Whether no number of one format is ever a number of the other."""
        heads = self.filled_head(2000), other.filled_head(2000)
        return not (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0]))
