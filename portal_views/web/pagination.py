"""Lists in pages: the arguments of a connection, and the links to its previous and next page."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import Response

from portal_views.documents.waiting import waiting_in
from portal_views.web.page_context import PageContext

PAGE_SIZE = 25
MAX_CURSOR_LENGTH = 500


async def list_page(
    context: PageContext,
    *,
    document: str,
    template: str,
    connection: str,
    variables: Mapping[str, Any] | None = None,
    tab: str = "",
    counted: str = "",
    **values: Any,
) -> Response:
    """Render the page of the root list `connection` that the address asks for; tabs keep search, filters and order.

    The list `counted`, which is the same unless it is named, tells how many rows the tab has.
    """
    query = context.request.query_params
    data = await context.query(document, **(variables or {}), **page_arguments(query))
    count = data[counted or connection].get("boundedCount")
    return context.render(
        template,
        data,
        page_links=page_links(data[connection], query),
        tab=tab,
        tab_link=lambda tab: changed_query(query, tab=tab),
        waiting=waiting_in(context.visitor.role, document, tab, count) if count else None,
        **values,
    )


def page_arguments(query: QueryParams) -> dict[str, Any]:
    """The arguments of a connection: after or before a cursor, else from the start."""
    before, after = query.get("before", ""), query.get("after", "")
    if before:
        return {"last": PAGE_SIZE, "before": before[:MAX_CURSOR_LENGTH]}
    return {"first": PAGE_SIZE, "after": after[:MAX_CURSOR_LENGTH] or None}


def page_links(connection: Mapping[str, Any], query: QueryParams) -> dict[str, str]:
    """The queries of the previous and the next page, where there are any, with everything else kept as it is."""
    page = connection["pageInfo"]
    links = {}
    if page["hasPreviousPage"]:
        links["previous"] = changed_query(query, before=page["startCursor"])
    if page["hasNextPage"]:
        links["next"] = changed_query(query, after=page["endCursor"])
    return links


def changed_query(query: QueryParams, **changed: str | None) -> str:
    """The same query from its first page on, with some parameters changed, or removed where they become None."""
    kept = {name: value for name, value in query.items() if name not in {"after", "before", "undo"}}
    return str(QueryParams({name: value for name, value in (kept | changed).items() if value is not None}))
