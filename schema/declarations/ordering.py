"""Orderings of connections: the enum, the input and the SQL behind them, declared once."""

from enum import Enum
from typing import Any

import strawberry

from schema.declarations.types import Ordering, SortKey


@strawberry.enum(description="In which direction a list is sorted.")
class SortDirection(Enum):
    """The direction in which a list is sorted."""

    ASC = strawberry.enum_value("ASC", description="Smallest, earliest or first of the alphabet first.")
    DESC = strawberry.enum_value("DESC", description="Largest, latest or last of the alphabet first.")


def sort_key(sql: str, sql_type: str = "text", *, description: str, join: str = "") -> SortKey:
    """One sort key: an expression over `{t}` that is never null, and its SQL type.

    Rows whose key is null would be missing from all pages but the first, so nullable columns need a default:
    `sort_key("coalesce({t}.due_at, 'infinity')", "timestamptz", ...)`. The id follows as tie-break automatically.

    With `join`, like `"client_statuses {joined} ON {joined}.id = {t}.id"`, an index of another table can sort. Each row
    must have exactly one there, else it would be missing or doubled.
    """
    return SortKey(sql, sql_type, description, join)


def ordering(noun: str, *, default: str, **keys: SortKey) -> Ordering:
    """Declare the orders of one noun: `ordering("Order", default="-NUMBER", NUMBER=sort_key("{t}.number", ...))`.

    The names become the members of the enum `<Noun>SortField`, used by the input `<Noun>Sort`. `default` names the
    order of a list without `orderBy`, with `-` in front for descending.
    """
    name = default.removeprefix("-")
    if name not in keys:
        raise ValueError(f"{noun}: there is no sort key {name} to be the default")
    field_enum = _field_enum(noun, keys)
    return Ordering(keys, name, default.startswith("-"), _input_type(noun, field_enum), field_enum)


def _field_enum(noun: str, keys: dict[str, SortKey]) -> type[Enum]:
    members: Any = {name: strawberry.enum_value(name, description=key.description) for name, key in keys.items()}
    make: Any = Enum
    made: type[Enum] = make(f"{noun}SortField", members, module=__name__)
    return strawberry.enum(made, description=f"What {noun} lists can be sorted by.")


def _input_type(noun: str, field_enum: type[Enum]) -> type:
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": f"How a list of {noun} is sorted.",
        "__annotations__": {"field": field_enum, "direction": SortDirection},
        "field": strawberry.field(description="What to sort by."),
        "direction": strawberry.field(default=SortDirection.ASC, description="In which direction."),
    }
    made = type(f"{noun}Sort", (), body)
    return strawberry.input(made, description=f"How a list of {noun} is sorted; ties go by id.")
