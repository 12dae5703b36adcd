"""Amendments: inputs in which an absent field leaves a value as it is, and null empties it."""

from dataclasses import MISSING, Field, field, fields, make_dataclass
from enum import Enum
from typing import Any, get_type_hints

from domain.kernel.errors import Refused, invalid

EMPTY_VALUE = "empty"


class Absent(Enum):
    """The value of a field that the caller has left out."""

    ABSENT = "ABSENT"


ABSENT = Absent.ABSENT


def amendment_of(input_class: type, name: str) -> Any:
    """The class of amendments of what this input class creates: the same fields and bounds, absent by default.

    Null stands for the field's default; a field without a default has no empty value, and null is refused.
    """
    hints = get_type_hints(input_class)
    members = [(item.name, hints[item.name] | None, _absent_field(item)) for item in fields(input_class)]
    namespace = {"__module__": input_class.__module__, "__doc__": f"{input_class.__doc__} Absent fields stay."}
    return make_dataclass(name, members, frozen=True, kw_only=True, namespace=namespace)


def amended(declared: "Field[Any]") -> Any:
    """Declare one field of an input like those of an amendment: absent, the value stays; null empties it."""
    return _absent_field(declared)


def is_given(amendment: Any, name: str) -> bool:
    """Whether the caller has given a value, or null, for this field."""
    return getattr(amendment, name) is not ABSENT


def given_values(amendment: Any) -> dict[str, Any]:
    """The values of the fields that are given, by name; null as the empty value. Raises `Refused` where it has none."""
    given = {item.name: getattr(amendment, item.name) for item in fields(amendment)}
    return {item.name: _filled(item, given[item.name]) for item in fields(amendment) if given[item.name] is not ABSENT}


def amended_value(amendment: Any, name: str, present: Any) -> Any:
    """The value that a field has after the amendment, where it is `present` now.

    Raises `Refused` like `given_values`.
    """
    item, value = type(amendment).__dataclass_fields__.get(name), getattr(amendment, name, ABSENT)
    return present if item is None or value is ABSENT else _filled(item, value)


def _absent_field(item: "Field[Any]") -> Any:
    empty = item.default if item.default_factory is MISSING else item.default_factory()
    return field(default=ABSENT, metadata={**item.metadata, EMPTY_VALUE: empty})


def _filled(item: "Field[Any]", value: Any) -> Any:
    if value is not None or EMPTY_VALUE not in item.metadata:
        return value
    if item.metadata[EMPTY_VALUE] is MISSING:
        raise Refused(invalid("cannot_be_empty", item.name))
    return item.metadata[EMPTY_VALUE]
