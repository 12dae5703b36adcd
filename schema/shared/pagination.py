"""Pages of a list: connections, edges and page info."""

from typing import Generic, TypeVar

import strawberry

from schema.declarations.fields import column, connection_field
from schema.declarations.types import MOST_COUNTED

T = TypeVar("T")


@strawberry.type(description="Where a page begins and ends in its list.")
class PageInfo:
    """The ends of a page in its list."""

    has_next_page: bool = connection_field(description="More follows this page.")
    has_previous_page: bool = connection_field(description="Something comes before this page.")
    start_cursor: str | None = connection_field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = connection_field(description="The cursor of the last item; null on an empty page.")


@strawberry.type(description="One item of a page and its place in the list.")
class Edge(Generic[T]):
    """One item of a page and its place in the list."""

    cursor: str = connection_field(description="The item's place in this list, for `after` and `before`.")
    node: T = connection_field(description="The item.")


@strawberry.type(description="How many items a list has, counted up to 10 000.")
class BoundedCount:
    """The size of a list, counted up to a bound: however long it is, that takes little time."""

    number: int = column(f"least({{t}}.number, {MOST_COUNTED})", description="How many there are; 10 000 at most.")
    is_exact: bool = column(
        f"({{t}}.number <= {MOST_COUNTED})",
        description="Whether these are all; false where there are more.",
    )


def bounded_count(number: int) -> BoundedCount:
    """What such a number tells."""
    return BoundedCount(number=min(number, MOST_COUNTED), is_exact=number <= MOST_COUNTED)


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]] = connection_field(description="The items with their cursors.")
    nodes: list[T] = connection_field(description="The items alone.")
    page_info: PageInfo = connection_field(description="Where the page begins and ends.")
    total_count: int = connection_field(description="How many items the whole list has; counted only when asked for.")
    bounded_count: BoundedCount = connection_field(
        description="How many it has, exactly up to 10 000; beyond, only that there are more. Quick in long lists."
    )
