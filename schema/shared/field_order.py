"""The order of a type's fields where a shared type brings some of them."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T", bound=type)


def field_order(names: str) -> Callable[[T], T]:
    """Put the fields of a GraphQL type, inherited ones included, into the order of these Python names.

    Fields that are not named follow at the end, as they are declared. Raises `TypeError` for the name of no field, and
    for a name that stands twice.
    """

    def reorder(gtype: T) -> T:
        definition: Any = gtype.__strawberry_definition__  # type: ignore[attr-defined]
        by_name = {field.python_name: field for field in definition.fields}
        first = names.split()
        if len(set(first)) < len(first) or not set(first) <= by_name.keys():
            raise TypeError(f"{gtype.__name__}: the order names {sorted(first)}, the fields are {sorted(by_name)}")
        definition.fields = [by_name.pop(name) for name in first] + list(by_name.values())
        return gtype

    return reorder
