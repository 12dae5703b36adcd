"""Objects that one statement read as JSON text, and the executor that passes them on unread."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


@dataclass(frozen=True)
class RawJson:
    """One object of the response with everything that is selected below it, as JSON text."""

    text: str


class RawJsonPlaceholders(dict[str, str]):
    """JSON texts by random words, which stand in their place until the response is serialized."""

    def add(self, text: str) -> str:
        """Keep a text; returns the word to put in its place."""
        word = uuid4().hex
        self[word] = text
        return word

    def fill(self, response: str) -> str:
        """The serialized response with each word replaced by its text."""
        for word, text in self.items():
            response = response.replace(f'"{word}"', text)
        return response


class RawJsonExecutionContext(StrawberryGraphQLCoreExecutionContext):
    """Completes every object field by field, except `RawJson`.

    Where the context has `raw_json_placeholders`, because the response is to become text, the JSON is not parsed.
    """

    def complete_object_value(self, *args: Any, **named: Any) -> Any:
        info = named["info"] if "info" in named else args[2]
        result = named["result"] if "result" in named else args[4]
        if not isinstance(result, RawJson):
            return super().complete_object_value(*args, **named)
        placeholders: RawJsonPlaceholders | None = info.context.raw_json_placeholders
        return json.loads(result.text) if placeholders is None else placeholders.add(result.text)
