"""Cursor pagination of lists: arguments for the requested page, and links to its neighbours."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams

PAGE_SIZE = 25
MAX_CURSOR_LENGTH = 500


def page_arguments(query: QueryParams) -> dict[str, Any]:
    """The arguments of a connection: after or before a cursor, else from the start."""
    before, after = query.get("before", ""), query.get("after", "")
    if before:
        return {"last": PAGE_SIZE, "before": before[:MAX_CURSOR_LENGTH]}
    return {"first": PAGE_SIZE, "after": after[:MAX_CURSOR_LENGTH] or None}


def page_links(connection: Mapping[str, Any], query: QueryParams) -> dict[str, str]:
    """The queries of the previous and the next page, where they exist; all other parameters are kept."""
    page = connection["pageInfo"]
    found = {}
    if page["hasPreviousPage"]:
        found["previous"] = changed_query(query, before=page["startCursor"])
    if page["hasNextPage"]:
        found["next"] = changed_query(query, after=page["endCursor"])
    return found


def changed_query(query: QueryParams, **changed: str | None) -> str:
    """The query of the first page with some parameters changed, or removed where the new value is None."""
    known = {name: value for name, value in query.items() if name not in {"after", "before", "done"}}
    return str(QueryParams({name: value for name, value in (known | changed).items() if value is not None}))
