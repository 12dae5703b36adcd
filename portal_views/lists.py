"""Lists in pages: which page is asked for, and where the next and the one before are."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams

SIZE = 25
LONGEST_CURSOR = 500


def asked(query: QueryParams) -> dict[str, Any]:
    """The arguments of a connection: after or before a cursor, else from the start."""
    before, after = query.get("before", ""), query.get("after", "")
    if before:
        return {"last": SIZE, "before": before[:LONGEST_CURSOR]}
    return {"first": SIZE, "after": after[:LONGEST_CURSOR] or None}


def neighbours(connection: Mapping[str, Any], query: QueryParams) -> dict[str, str]:
    """The queries of the page before and the next one, where there are any, with all else kept as it is."""
    page = connection["pageInfo"]
    found = {}
    if page["hasPreviousPage"]:
        found["previous"] = kept(query, before=page["startCursor"])
    if page["hasNextPage"]:
        found["next"] = kept(query, after=page["endCursor"])
    return found


def kept(query: QueryParams, **changed: str | None) -> str:
    """The same query from its first page on, with some of it changed, or taken out where it is changed to None."""
    known = {name: value for name, value in query.items() if name not in {"after", "before", "done"}}
    return str(QueryParams({name: value for name, value in (known | changed).items() if value is not None}))
