"""Typed comparisons for `where` inputs.

All given operators must hold. A null or absent operator adds no condition; an empty `in` matches no row.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

import strawberry
from strawberry import UNSET

E = TypeVar("E", bound=Enum)
EQUAL = "Equal to this value."
DIFFERENT = "Different from this value; what has no value is different, too."
AMONG = "One of these values; an empty list matches nothing."
FROM = "This value or more."
ABOVE = "More than this value."
BELOW = "Less than this value."
UP_TO = "This value or less."


def operator(description: str, name: str | None = None) -> Any:
    """One operator, absent by default."""
    return strawberry.field(default=UNSET, description=description, name=name)


def contains(text: str) -> str:
    """A condition: this text holds the value as it stands, in upper or lower case."""
    return f"strpos(lower({text}), lower({{value}})) > 0"


@strawberry.input(name="TextFilter", description="Compares a text.")
class TextFilter:
    """Compares a text."""

    eq: str | None = operator(EQUAL)
    ne: str | None = operator(DIFFERENT)
    in_: list[str] | None = operator(AMONG, "in")
    contains: str | None = operator("Contains this text, in upper or lower case.")


@strawberry.input(name="IdFilter", description="Compares an identifier.")
class IdFilter:
    """Compares an identifier."""

    eq: strawberry.ID | None = operator(EQUAL)
    ne: strawberry.ID | None = operator(DIFFERENT)
    in_: list[strawberry.ID] | None = operator(AMONG, "in")


@strawberry.input(name="Filter", description="Compares a value of a fixed set.")
class EnumFilter(Generic[E]):
    """Compares a value of a fixed set; named after it: `OrderStatusFilter`."""

    eq: E | None = operator(EQUAL)
    ne: E | None = operator(DIFFERENT)
    in_: list[E] | None = operator(AMONG, "in")


@strawberry.input(name="BooleanFilter", description="Compares a yes or no.")
class BooleanFilter:
    """Compares a yes or no."""

    eq: bool | None = operator(EQUAL)
    ne: bool | None = operator(DIFFERENT)


@strawberry.input(name="IntFilter", description="Compares a whole number.")
class IntFilter:
    """Compares a whole number."""

    eq: int | None = operator(EQUAL)
    ne: int | None = operator(DIFFERENT)
    in_: list[int] | None = operator(AMONG, "in")
    gte: int | None = operator(FROM)
    gt: int | None = operator(ABOVE)
    lt: int | None = operator(BELOW)
    lte: int | None = operator(UP_TO)


@strawberry.input(name="DecimalFilter", description="Compares a decimal number.")
class DecimalFilter:
    """Compares a decimal number."""

    eq: Decimal | None = operator(EQUAL)
    ne: Decimal | None = operator(DIFFERENT)
    in_: list[Decimal] | None = operator(AMONG, "in")
    gte: Decimal | None = operator(FROM)
    gt: Decimal | None = operator(ABOVE)
    lt: Decimal | None = operator(BELOW)
    lte: Decimal | None = operator(UP_TO)


@strawberry.input(name="DateFilter", description="Compares a calendar date.")
class DateFilter:
    """Compares a calendar date."""

    eq: date | None = operator(EQUAL)
    ne: date | None = operator(DIFFERENT)
    in_: list[date] | None = operator(AMONG, "in")
    gte: date | None = operator(FROM)
    gt: date | None = operator(ABOVE)
    lt: date | None = operator(BELOW)
    lte: date | None = operator(UP_TO)


@strawberry.input(name="DateTimeFilter", description="Compares an instant.")
class DateTimeFilter:
    """Compares an instant."""

    eq: datetime | None = operator(EQUAL)
    ne: datetime | None = operator(DIFFERENT)
    gte: datetime | None = operator(FROM)
    gt: datetime | None = operator(ABOVE)
    lt: datetime | None = operator(BELOW)
    lte: datetime | None = operator(UP_TO)
