"""Fields computed in Python: the statement leaves a hole with the row's facts, and the text is filled in.

A hole is `\\x01`, its number, `\\x02`, the facts as a JSON array, `\\x02`. Raw control characters cannot occur in
JSON text, so nothing a row holds can look like a hole. A hole without facts has those of an earlier hole of its row.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.engine import facts as fact_classes

PLACEHOLDER_START = "\x01"
PLACEHOLDER_SEPARATOR = "\x02"

Serializer = Callable[[Any], Any]
encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Placeholder:
    """A place in the text: what to compute there and how the result is written.

    `shares_with` is the number of the earlier hole of the same row whose facts this one uses.
    """

    facts: type | None
    shares_with: int | None
    function: Callable[[Any, Mapping[str, Any], Any], Any]
    call: int | None
    argument_names: Mapping[str, str]
    serialize: Serializer


@dataclass
class PlaceholderFiller:
    """Fills the holes of one response, in the order of the text."""

    placeholders: Sequence[Placeholder]
    arguments: Sequence[Mapping[str, Any]]
    context: Any

    def fill(self, text: str, render: Callable[[Placeholder, Any], str]) -> str:
        """The text with what `place` makes of each computed value."""
        first, *pieces = text.split(PLACEHOLDER_START)
        known: dict[int, Any] = {}
        filled = [first]
        for piece in pieces:
            number, facts, rest = piece.split(PLACEHOLDER_SEPARATOR, 2)
            filled += (render(*self._computed(int(number), facts, known)), rest)
        return "".join(filled)

    def _computed(self, number: int, facts: str, known: dict[int, Any]) -> tuple[Placeholder, Any]:
        hole = self.placeholders[number]
        if hole.facts is not None:
            shared = hole.shares_with
            known[number] = fact_classes.parse(hole.facts, facts) if shared is None else known[shared]
        arguments: Mapping[str, Any] = {}
        if hole.call is not None:
            given = self.arguments[hole.call]
            arguments = {hole.argument_names[name]: value for name, value in given.items()}
        return hole, hole.function(known.get(number), arguments, self.context)


def to_json(hole: Placeholder, value: Any) -> str:
    """A computed value as JSON text."""
    return encode(hole.serialize(value))
