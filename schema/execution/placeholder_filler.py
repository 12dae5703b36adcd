"""Computation of a response's placeholders, once the database has answered."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.engine import facts as fact_classes
from schema.compiler.placeholders import PLACEHOLDER_SEPARATOR, PLACEHOLDER_START, Placeholder

encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@dataclass
class PlaceholderFiller:
    """Fills the placeholders of one response, in the order of the text."""

    placeholders: Sequence[Placeholder]
    arguments: Sequence[Mapping[str, Any]]
    context: Any

    def fill(self, text: str, render: Callable[[Placeholder, Any], str]) -> str:
        """The text, each placeholder replaced by the text that `render` makes of its computed value."""
        first, *pieces = text.split(PLACEHOLDER_START)
        known: dict[int, Any] = {}
        filled = [first]
        for piece in pieces:
            number, facts, rest = piece.split(PLACEHOLDER_SEPARATOR, 2)
            filled += (render(*self._computed(int(number), facts, known)), rest)
        return "".join(filled)

    def _computed(self, number: int, facts: str, known: dict[int, Any]) -> tuple[Placeholder, Any]:
        placeholder = self.placeholders[number]
        if placeholder.facts is not None:
            shared = placeholder.shares_with
            known[number] = fact_classes.parse(placeholder.facts, facts) if shared is None else known[shared]
        arguments: Mapping[str, Any] = {}
        if placeholder.call is not None:
            given = self.arguments[placeholder.call]
            arguments = {placeholder.argument_names[name]: value for name, value in given.items()}
        return placeholder, placeholder.function(known.get(number), arguments, self.context)


def to_json(placeholder: Placeholder, value: Any) -> str:
    """A computed value as JSON text."""
    return encode(placeholder.serialize(value))
