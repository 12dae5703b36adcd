"""Searches: one text that finds rows of several kinds, those that the viewer may see."""

from typing import Any

from domain.access.scoped_table import ScopedTable
from domain.bank.plain_numbers import plain
from schema.declarations.fields import embedded, field_argument, to_many

MOST_FOUND, FOUND_BY_DEFAULT = 20, 5
TEXT = "btrim({text})"
# The number of an order as it is, or typed in small letters; that of an invoice also without its signs.
IS_ORDER_NUMBER = f"{{t}}.number IN ({TEXT}, upper({TEXT}))"
IS_INVOICE_NUMBER = f"{plain('{t}.number')} = {plain(TEXT)}"
# One character alone is part of nearly everything.
IS_LONG_ENOUGH = f"length({TEXT}) > 1"
FIRST = f"How many of each kind, at most {MOST_FOUND}."
ARGUMENTS = (
    (field_argument("text", str, description="Two characters or more; what is shorter finds nothing."), "text"),
    (field_argument("first", int, default=FOUND_BY_DEFAULT, description=FIRST), "int"),
)


def search_field(description: str) -> Any:
    """A field of the query with the arguments `text` and `first`; the lists of its type are `found_rows`."""
    return embedded(arguments=ARGUMENTS, description=description)


def found_rows(
    source: ScopedTable, condition: str, *, order: str, description: str, on: str = "TRUE", first: str | None = None
) -> Any:
    """The visible rows of one kind that a search finds; `condition` is SQL over the `{value}` that is searched for.

    Those for which `first` holds come before the others.
    """
    return to_many(
        source,
        on=f"{on} AND {IS_LONG_ENOUGH} AND ({condition.replace('{value}', TEXT)})",
        order=order,
        limit=MOST_FOUND,
        size="greatest({first}, 0)",
        first=first,
        description=description,
    )


def numbered(source: ScopedTable, condition: str, *, first: str, description: str) -> Any:
    """Rows with a number: that which is searched for comes first, then the newest."""
    order = "{t}.created_at DESC, {t}.id DESC"
    return found_rows(source, condition, order=order, first=first, description=description)
