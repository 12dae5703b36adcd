"""Columns of files: derived from the fields of the inputs by which forms and the API enter the same things."""

import types
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, EnumType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.imports import readers
from domain.kernel.calendar import Calendar

Reader = Callable[[str, Calendar], Any]
READERS: dict[type, Reader] = {
    str: readers.text,
    int: readers.whole_number,
    Decimal: readers.decimal,
    date: readers.day,
    datetime: readers.instant,
    bool: readers.yes_or_no,
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: how its cells are read, and what an empty cell stands for unless a value is required.

    `field` is the field of the input, if another name; its words are `import_column.<kind>.<name>`. With
    `choices` a cell holds one of these words.
    """

    name: str
    read: Reader
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    field: str = ""


def columns_of(input_class: type, *, prefix: str = "", without: Collection[str] = ()) -> Iterator[Column]:
    """A column for each plain field of an input; identifiers and nested inputs are columns of their recipe."""
    hints = get_type_hints(input_class)
    for item in fields(input_class):
        kind = _plain(hints[item.name])
        if item.name not in without and kind is not UUID and not is_dataclass(kind):
            yield _column(item, kind, prefix)


def _column(item: Any, kind: Any, prefix: str) -> Column:
    choices = _choices(kind)
    reader = readers.words if get_origin(kind) is tuple else READERS.get(kind)
    return Column(
        name=f"{prefix}{item.name}",
        read=reader or readers.one_of(choices),
        required=item.default is MISSING,
        default=None if item.default is MISSING else item.default,
        choices=tuple(choices),
        field=item.name,
    )


def _choices(kind: Any) -> Mapping[str, Enum]:
    """The values of an enum by their words; none for all other kinds."""
    return dict(kind.__members__) if isinstance(kind, EnumType) else {}


def _plain(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (arm for arm in get_args(hint) if arm is not type(None))
    return hint if get_origin(hint) is not tuple or not is_dataclass(get_args(hint)[0]) else get_args(hint)[0]
