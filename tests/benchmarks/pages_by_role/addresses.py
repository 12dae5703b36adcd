"""The addresses to ask for: every page of the portal for each of its roles, and lists as people narrow them."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal_views.forms.lookups import KINDS
from portal_views.page_table import PAGES
from tests.benchmarks.pages_by_role.rows import Rows

# Pages that one gets to with something in hand, and the query that holds it.
QUERIES = {
    "/accounts/invite": "contact={contact}",
    "/invoices/propose": "order={order}",
    "/board/status": "order={order}",
}
CHOICES = "/choices/{kind}"
# Nothing but the answers to what a list posts.
ANSWERS = {"/board/move", "/board/undo", "/bulk/new", "/drafts/save", "/drafts/figures"}
# Beside a page as it opens: what people choose there.
NARROWED = {
    "/orders": ("tab=all", "tab=completed", "tab=all&search=Projekt+77", "tab=all&search=nothing-like-this"),
    "/customers": ("search=Kunde+77", "search=nothing-like-this"),
    "/members": ("search=Mitglied+77",),
    "/accounts": ("search=Konto+77",),
    "/invoices": ("tab=waiting", "sort=gross", "search=Kunde+77"),
    "/lines": ("tab=open",),
}


@dataclass(frozen=True)
class PageAddress:
    """One address and the role that asks for it."""

    role: str
    path: str


def addresses(rows: Rows) -> list[PageAddress]:
    """All of them, by role."""
    pages = ((role, route.path) for role in rows.sessions for route in PAGES if role in route.handlers)
    return [
        PageAddress(role, address)
        for role, route in pages
        if route not in ANSWERS
        for address in _of_route(role, route, rows)
    ]


def _of_route(role: str, route: str, rows: Rows) -> Iterator[str]:
    if route == CHOICES:
        yield from (f"{route.replace('{kind}', kind)}?q=k" for kind in KINDS)
        return
    path = route.replace("{id}", rows.id_for(role, route))
    if route in QUERIES:
        yield f"{path}?{QUERIES[route].format(order=rows.ids['/orders'], contact=rows.ids['/accounts/invite'])}"
        return
    yield path
    yield from (f"{path}?{query}" for query in NARROWED.get(route, ()))
