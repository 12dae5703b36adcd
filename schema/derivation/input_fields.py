"""The fields of a move's input class, in one description for input types, forms and conversion."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.kernel.amendments import EMPTY_VALUE


@dataclass(frozen=True, kw_only=True)
class InputField:
    """One field of an input.

    `python_type` is the plain type: str, int, bool, Decimal, date, datetime, UUID, an enum or a dataclass; `default` is
    MISSING when a value is required. With `unchanged_when_absent` the field amends a value: null gives it `default`.
    """

    name: str
    python_type: type
    is_list: bool
    is_nullable: bool
    default: Any
    description: str
    id_prefix: str | None
    bounds: Mapping[str, Any]
    unchanged_when_absent: bool = False

    @property
    def is_required(self) -> bool:
        """Whether leaving it out is an error."""
        return self.default is MISSING

    @property
    def is_nested(self) -> bool:
        """Whether it has fields of its own."""
        return is_dataclass(self.python_type)

    @property
    def is_enum(self) -> bool:
        """Whether it is one of a fixed set of values."""
        return issubclass(self.python_type, Enum)


@cache
def input_fields(input_class: type | None) -> tuple[InputField, ...]:
    """The fields of a move's input class, in their order; none without a class."""
    if input_class is None:
        return ()
    hints = get_type_hints(input_class)
    return tuple(_input_field(item, hints[item.name]) for item in fields(input_class))


def _input_field(item: Any, hint: Any) -> InputField:
    kind, is_nullable = _without_none(hint)
    is_list = get_origin(kind) is tuple
    if is_list:
        kind = get_args(kind)[0]
    prefix = item.metadata.get("id")
    if (kind is UUID) != (prefix is not None):
        raise TypeError(f"{item.name}: identifiers, and only they, say of what they are")
    return InputField(
        name=item.name,
        python_type=kind,
        is_list=is_list,
        is_nullable=is_nullable,
        default=_default(item),
        description=item.metadata["doc"],
        id_prefix=prefix,
        bounds=item.metadata,
        unchanged_when_absent=EMPTY_VALUE in item.metadata,
    )


def _default(item: Any) -> Any:
    if EMPTY_VALUE in item.metadata:
        return item.metadata[EMPTY_VALUE]
    return item.default if item.default_factory is MISSING else item.default_factory()


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    (kind,) = (arm for arm in get_args(hint) if arm is not type(None))
    return kind, True
