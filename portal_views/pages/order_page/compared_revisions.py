"""The two revisions of an offer that the address of an order's page names, as the variables of its document."""

import re

from portal_views.web.page_context import JsonObject, PageContext

NUMBER = re.compile(r"[0-9]{1,4}")


def compared_revisions(context: PageContext) -> JsonObject:
    """`before`, `after` and whether both are named by numbers."""
    query = context.request.query_params
    named = {name: query.get(name, "") for name in ("before", "after")}
    if not all(NUMBER.fullmatch(text) for text in named.values()):
        return {"compare": False}
    return {"compare": True, **{name: int(text) for name, text in named.items()}}
