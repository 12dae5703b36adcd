"""Strawberry's executor, which takes an object that was read as a whole for what it is: the answer."""

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
    """Texts of whole objects by words nobody can guess, which stand for them until the response is written."""

    def add(self, text: str) -> str:
        """The word to put in place of the object."""
        word = uuid4().hex
        self[word] = text
        return word

    def fill(self, response: str) -> str:
        """A written response with the texts in place of their words."""
        for word, text in self.items():
            response = response.replace(f'"{word}"', text)
        return response


class RawJsonExecutionContext(StrawberryGraphQLCoreExecutionContext):
    """Goes through the fields of every object but those that are whole already.

    Where the context has `stand_ins`, because the response is to become text, they are not even read.
    """

    def complete_object_value(self, *args: Any, **named: Any) -> Any:
        info = named["info"] if "info" in named else args[2]
        result = named["result"] if "result" in named else args[4]
        if not isinstance(result, RawJson):
            return super().complete_object_value(*args, **named)
        stand_ins: RawJsonPlaceholders | None = getattr(info.context, "stand_ins", None)
        return json.loads(result.text) if stand_ins is None else stand_ins.add(result.text)
