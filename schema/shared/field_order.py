"""The order of a type's fields where a shared type brings some of them."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T", bound=type)


def field_order(names: str) -> Callable[[T], T]:
    """Put the fields of a GraphQL type, inherited ones included, into the order of these Python names.

    Raises `TypeError` unless the names are exactly those of the type's fields.
    """

    def reorder(gtype: T) -> T:
        definition: Any = gtype.__strawberry_definition__  # type: ignore[attr-defined]
        by_name = {field.python_name: field for field in definition.fields}
        if sorted(names.split()) != sorted(by_name):
            differing = sorted(set(names.split()).symmetric_difference(by_name))
            raise TypeError(f"{gtype.__name__}: the order differs from the fields by {differing}")
        definition.fields = [by_name[name] for name in names.split()]
        return gtype

    return reorder
