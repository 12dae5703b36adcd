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
    kept = {name: value for name, value in query.items() if name not in {"after", "before", "done"}}
    found = {}
    if page["hasPreviousPage"]:
        found["previous"] = str(QueryParams(kept | {"before": page["startCursor"]}))
    if page["hasNextPage"]:
        found["next"] = str(QueryParams(kept | {"after": page["endCursor"]}))
    return found
