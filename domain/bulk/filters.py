"""Whether the filter of a bulk operation restricts something; `guards.py` refuses one that does not.

A list may be read with an empty filter. A bulk operation changes what its filter finds, and a variable that a caller
has left undefined must not make it find every order.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]


def empty_parts(where: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """The paths of all parts that are null, blank, or without any operator. An empty list is none: it finds nothing."""
    for name, value in where.items():
        if _is_empty(value):
            yield (*path, name)
        elif isinstance(value, Mapping):
            yield from empty_parts(value, (*path, name))


def restricts_something(where: Mapping[str, Any]) -> bool:
    """Whether any part of the filter leaves orders out."""
    return any(
        restricts_something(value) if isinstance(value, Mapping) else not _is_empty(value) for value in where.values()
    )


def _is_empty(value: Any) -> bool:
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case Mapping():
            return not value
    return False
