"""Whether the filter of a bulk operation restricts something; `guards.py` refuses one that does not.

A list may be read with an empty filter. A bulk operation changes what its filter finds, and a variable that a caller
has left undefined must not make it find everything.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]
ALL_OF, NOT = "and", "not"


def empty_parts(where: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """The paths of all parts that are null, blank, or without any operator, also of filters within the filter.

    An empty list is no such part, as it finds nothing; it restricts nothing in `and`, and below `not`.
    """
    for name, value in where.items():
        if _is_empty(value) or (value == [] and (name == ALL_OF or NOT in path)):
            yield (*path, name)
        for step, inner in _filters(value):
            yield from [(*path, name, *step)] if not inner else empty_parts(inner, (*path, name, *step))


def restricts_something(where: Mapping[str, Any]) -> bool:
    """Whether any part of the filter leaves rows out."""
    return any(
        any(restricts_something(inner) for _, inner in _filters(value)) if _filters(value) else not _is_empty(value)
        for value in where.values()
    )


def _filters(value: Any) -> list[tuple[Path, Mapping[str, Any]]]:
    """The operators or filters within a value, each with the way to it."""
    if isinstance(value, Mapping):
        return [((), value)] if value else []
    if not isinstance(value, list):
        return []
    return [((str(place),), each) for place, each in enumerate(value) if isinstance(each, Mapping)]


def _is_empty(value: Any) -> bool:
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case Mapping():
            return not value
    return False
