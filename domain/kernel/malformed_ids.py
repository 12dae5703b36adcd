"""Malformed identifiers that are kept, so that one among thousands fails alone instead of the whole request."""

from dataclasses import field
from typing import Any
from uuid import UUID, uuid5

KEEPS_MALFORMED = "keeps_malformed"
MAX_TEXT_LENGTH = 100
NAMESPACE = UUID("7f3f6a2e-54c8-4c0e-9d36-0f6f5c1c2b11")


class MalformedId(UUID):
    """An identifier that cannot be read: a uuid that no row has, the same for the same text, and the text itself."""

    text: str

    def __init__(self, text: str) -> None:
        super().__init__(int=uuid5(NAMESPACE, text).int)
        object.__setattr__(self, "text", text[:MAX_TEXT_LENGTH])

    def __repr__(self) -> str:
        return f"MalformedId({str(self)!r})"


def keeping_malformed(declared: Any) -> Any:
    """The same optional field of an input, a list of identifiers, in which malformed ones are kept."""
    return field(default=declared.default, metadata={**declared.metadata, KEEPS_MALFORMED: True})
