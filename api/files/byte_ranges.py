"""Ranges of bytes that a client asks for (RFC 9110, section 14): one at a time, or the whole."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class UnsatisfiableRange(Exception):
    """The range begins after the last byte."""


@dataclass(frozen=True)
class ByteRange:
    """From `start` to before `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The range that is asked for; None for the whole, also where several ranges or none that we know are named.

    Raises `UnsatisfiableRange`.
    """
    match = ONE_RANGE.fullmatch((header or "").replace(" ", ""))
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        last = int(match[2])
        if last == 0:
            raise UnsatisfiableRange
        return ByteRange(max(0, size - last), size)
    start, end = int(match[1]), int(match[2]) + 1 if match[2] else size
    if match[2] and end <= start:
        return None
    if start >= size:
        raise UnsatisfiableRange
    return ByteRange(start, min(end, size))
