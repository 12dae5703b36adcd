"""Placeholders in the text of a response, for fields that Python computes from facts of the row.

A placeholder is `\\x01`, its number, `\\x02`, the facts as a JSON array, `\\x02`. JSON text holds no raw control
characters, so no value of a row looks like a placeholder. One without facts uses those of an earlier one of its row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER_START = "\x01"
PLACEHOLDER_SEPARATOR = "\x02"

Serializer = Callable[[Any], Any]


@dataclass(frozen=True)
class Placeholder:
    """A value to compute: the function, its facts and arguments, and the serializer of its result.

    `shares_with` is the number of the earlier placeholder of the same row whose facts this one uses.
    """

    facts: type | None
    shares_with: int | None
    function: Callable[[Any, Mapping[str, Any], Any], Any]
    call: int | None
    argument_names: Mapping[str, str]
    serialize: Serializer
