"""Inputs of `where`: the fields that a class declares, and `and`, `or` and `not`, which combine filters of its kind."""

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any

import strawberry

COMBINATOR_KEY = "combinator"
MAX_FILTER_DEPTH = 5
MAX_FILTERS = 50


class Combinator(Enum):
    """How filters within a filter are combined."""

    AND = "and"
    OR = "or"
    NOT = "not"


DESCRIPTIONS = {
    Combinator.AND: "All of these must hold, too.",
    Combinator.OR: "One of these must hold, too; an empty list matches nothing.",
    Combinator.NOT: "This must not hold.",
}


def where_input(*, description: str, name: str | None = None) -> Callable[[type], Any]:
    """Make a class of `filter_field` fields a `where` input, with `and`, `or` and `not` at its end."""

    def make(cls: type) -> Any:
        itself: Any = Annotated[cls.__name__, strawberry.lazy(cls.__module__)]
        for combinator in Combinator:
            attribute = f"{combinator.value}_"
            cls.__annotations__[attribute] = (itself if combinator is Combinator.NOT else list[itself]) | None
            setattr(cls, attribute, _combinator_field(combinator))
        return strawberry.input(cls, name=name, description=description)

    return make


def _combinator_field(combinator: Combinator) -> Any:
    return strawberry.field(
        name=combinator.value,
        default=strawberry.UNSET,
        description=DESCRIPTIONS[combinator],
        metadata={COMBINATOR_KEY: combinator},
    )
