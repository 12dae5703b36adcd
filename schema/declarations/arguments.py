"""Arguments of declared fields: page arguments, fields of `where` inputs, arguments of computed fields."""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from domain.kernel.actors import ActorKind
from schema.declarations.types import Filter, Ordering

MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE = 100, 20
FIRST = (
    f"How many from the start, at most {MAX_PAGE_SIZE}; {DEFAULT_PAGE_SIZE} where neither `first` nor `last` is given."
)
LAST = f"How many from the end, at most {MAX_PAGE_SIZE}; {DEFAULT_PAGE_SIZE} where only `before` is given."
ORDER_BY = "How to sort: by the first, ties by the next."
PAGE_SIZE_MESSAGE = f"`first` and `last` are between 0 and {MAX_PAGE_SIZE}."


def field_argument(
    name: str, type_: Any, *, description: str, default: object = strawberry.UNSET
) -> StrawberryArgument:
    """An argument of a computed field."""
    return StrawberryArgument(name, None, StrawberryAnnotation(type_), description=description, default=default)


def filter_field(
    sql: str | None = None,
    *,
    description: str,
    id_prefix: str | None = None,
    index_prefix: bool = False,
    enclosing_condition: str | None = None,
    only_for: Collection[ActorKind] | None = None,
    implications: Mapping[Enum, str] | None = None,
) -> Any:
    """A field of a `where` input; null or absent adds no condition.

    With an operator type (`TextFilter`, `IdFilter`, `EnumFilter[...]`, ...) it compares an expression over `{t}`, by
    default the column of the field's name. With a plain type the SQL is a whole condition over `{value}`:
    `filter_field("{value} = ANY({t}.tags)")`, or with a boolean `filter_field("({t}.due_at < {now}) = {value}")`.
    `index_prefix` promises an index on (this column, sort key, id); lists with one value of the column are read through
    that index. `enclosing_condition` surrounds the `{comparison}`, so that rare values of another table are looked up
    there instead of row by row:
    `filter_field("s.kind", enclosing_condition="{t}.sort_id IN (SELECT s.id FROM sorts s WHERE {comparison})")`.
    `only_for` names the kinds of actors that may know the compared value; for all others no row matches.
    `implications` are conditions that hold for all rows with a value, by which an index finds these where the compared
    expression is none that has an index.
    """
    metadata = {
        "filter": Filter(
            sql,
            id_prefix,
            index_prefix,
            enclosing_condition,
            None if only_for is None else frozenset(only_for),
            implications or {},
        )
    }
    return strawberry.field(default=strawberry.UNSET, description=description, metadata=metadata)


def page_arguments(filters: type | None, sorts: Ordering) -> list[StrawberryArgument]:
    """`first`, `after`, `last`, `before`, `orderBy` and, where there are filters, `where`."""
    none = {"default": strawberry.UNSET}
    page: list[StrawberryArgument] = [
        field_argument("first", int | None, description=FIRST, **none),
        field_argument("after", str | None, description="Only what follows this cursor.", **none),
        field_argument("last", int | None, description=LAST, **none),
        field_argument("before", str | None, description="Only what precedes this cursor.", **none),
        field_argument("order_by", list[sorts.input_type] | None, description=ORDER_BY, **none),  # type: ignore[name-defined]
    ]
    if filters is not None:
        page.append(field_argument("where", filters | None, description="Which rows to list.", **none))
    return page
