"""What stands above a form that was refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A sentence; `field` is the identifier of the input it speaks of, `remedy` what helps."""

    text: str
    field: str = ""
    remedy: str = ""
