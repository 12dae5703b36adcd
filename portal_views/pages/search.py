"""The search over orders, customers, members and invoices: its page, and what the dialog of every page shows."""

from starlette.responses import Response

from portal_views.forms.lookups import search_text
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import FINANCE_ROLES, STAFF_ROLES

FIRST_OF_PAGE, FIRST_OF_DIALOG = 20, 5
MOST_ACTIONS = 3
WEIGHTS = ("PRIMARY", "NORMAL")
# Kinds of rows that only some roles have pages for.
READERS = {"members": STAFF_ROLES, "invoices": ("MEMBER", *FINANCE_ROLES)}


async def search(context: PageContext) -> Response:
    """What the text finds, each kind with the actions that are open; with `part`, the list alone."""
    query = context.request.query_params
    text, is_part = search_text(query.get("text", "")), "part" in query
    data = await context.query(
        "search", text=text, first=FIRST_OF_DIALOG if is_part else FIRST_OF_PAGE, **_kinds(context)
    )
    template = "search/results.html" if is_part else "search/page.html"
    return context.render(template, data, text=text, first_actions=first_actions, is_page=not is_part)


def _kinds(context: PageContext) -> dict[str, bool]:
    """The variables that leave out what the visitor has no pages for; customers search in a schema of their own."""
    if context.schema == "portal":
        return {}
    return {kind: context.visitor.role in roles for kind, roles in READERS.items()}


def first_actions(row: JsonObject) -> list[JsonObject]:
    """The open actions that stand out most, none of them a dangerous one."""
    allowed = [action for action in row.get("openActions", ()) if action["allowed"] and action["weight"] in WEIGHTS]
    return sorted(allowed, key=lambda action: WEIGHTS.index(action["weight"]))[:MOST_ACTIONS]
