"""The addresses to ask for: every path of the page table for each of its roles, found by the links of the pages.

A page that is new in the table is asked for as soon as another page links to it. Lists are asked for as people narrow
them, too: by each link to themselves, such as tabs, orders and next pages, and by each field that searches.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from httpx2 import AsyncClient, Response
from lxml.html import HtmlElement, document_fromstring

from portal_views.forms.lookups import KINDS
from portal_views.page_table import PAGES
from tests.benchmarks.pages_by_role.requests import cookie
from tests.benchmarks.pages_by_role.rows import Rows
from tests.support.portal_paths import first_match, paths_of

# A number that one row in a hundred has, a letter and two that nearly all have, and what none has.
SEARCHES = ("77", "e", "er", "nothing-like-this")
OWN_SEARCHES = "//main//form[not(@method) or @method='get'][not(@action)]//input[@type='search'][@name]/@name"
# The widest list, in which each order counts.
WIDEST = "tab=all"
# Rows whose pages are looked at for the sake of a link that few of them have.
MOST_LOOKED_AT = 40


@dataclass(frozen=True)
class PageAddress:
    """One address and the role that asks for it."""

    role: str
    path: str


@dataclass
class Visits:
    """The addresses that a role has opened so far, and the links that it has found there."""

    client: AsyncClient
    headers: Mapping[str, str]
    opened: dict[str, None] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    looked_at: dict[str, list[str]] = field(default_factory=dict)

    async def look_at(self, pattern: str, address: str) -> None:
        """Note the links of a page whose like was opened already."""
        self.looked_at.setdefault(pattern, []).append(address)
        answer = await self.client.get(address, headers=self.headers)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            self._note_links(answer)

    async def open(self, address: str) -> HtmlElement | None:
        """The page, whose links are noted; nothing when there is none."""
        answer = await self.client.get(address, headers=self.headers)
        if answer.status_code != 200:
            self.failed[address] = answer.status_code
            return None
        self.opened[address] = None
        if not answer.headers["content-type"].startswith("text/html"):
            return None
        return self._note_links(answer)

    def _note_links(self, answer: Response) -> HtmlElement:
        page = document_fromstring(answer.content)
        page.make_links_absolute(str(answer.request.url))
        root = str(self.client.base_url).rstrip("/")
        hrefs = (href.partition("#")[0].removeprefix(root) for href in page.xpath("//a[not(@download)]/@href"))
        self.links |= dict.fromkeys(href for href in hrefs if href.startswith("/"))
        return page


async def addresses(client: AsyncClient, rows: Rows) -> tuple[list[PageAddress], list[str]]:
    """All of them, by role, and what has no link or does not answer."""
    found: list[PageAddress] = []
    faults: list[str] = []
    for role, session in rows.sessions.items():
        visits = Visits(client, cookie(session))
        missing = await _visit(visits, role)
        for address in _further(role, rows):
            await visits.open(address)
        found += [PageAddress(role, address) for address in visits.opened]
        faults += [f"{role} {address}: {status}" for address, status in visits.failed.items()]
        faults += [f"{role} {pattern}: no link leads there" for pattern in missing]
    return found, faults


async def _visit(visits: Visits, role: str) -> list[str]:
    """Open the pages of a role one after the other, and what narrows them; return what was not found."""
    missing = list(paths_of(role))
    while found := next(_openable(missing, visits), None) or await _found_behind_rows(missing, visits):
        pattern, address = found
        page = await visits.open(address)
        if page is None and address in visits.failed:
            continue
        missing.remove(pattern)
        if page is not None:
            await _narrow(visits, address, page)
    for pattern in missing:
        # The link of another page says more than an address without its query.
        visits.failed.pop(pattern, None)
    return missing


def _openable(missing: list[str], visits: Visits) -> Iterator[tuple[str, str]]:
    for pattern in missing:
        plain = [] if "{" in pattern else [pattern]
        links = [link for link in (*plain, *visits.links) if link not in visits.failed]
        if link := first_match(pattern, links):
            yield pattern, link


async def _found_behind_rows(missing: list[str], visits: Visits) -> tuple[str, str] | None:
    """What pages of further rows lead to: not every order can be edited, and not every account exported."""
    for pattern in missing:
        row = pattern.rpartition("/")[0]
        while "{" in row and (address := _next_row(row, visits)):
            await visits.look_at(row, address)
            if found := next(_openable([pattern], visits), None):
                return found
    return None


def _next_row(pattern: str, visits: Visits) -> str | None:
    seen = visits.looked_at.get(pattern, [])
    links = [link for link in visits.links if link not in seen and link not in visits.opened]
    return first_match(pattern, links) if len(seen) < MOST_LOOKED_AT else None


async def _narrow(visits: Visits, address: str, page: HtmlElement) -> None:
    path = address.partition("?")[0]
    queries = {link.partition("?")[2] for link in visits.links if link.startswith(f"{path}?")}
    queries |= {f"{name}={text}" for name in page.xpath(OWN_SEARCHES) for text in SEARCHES}
    for query in sorted(query for query in queries if "&" not in query):
        wide = await visits.open(f"{path}?{query}")
        if wide is not None and query == WIDEST:
            await _narrow_widest(visits, path)


async def _narrow_widest(visits: Visits, path: str) -> None:
    queries = {link.partition("?")[2] for link in visits.links if link.startswith(f"{path}?")}
    for query in sorted(query for query in queries if query.count("&") == 1 and WIDEST in query.split("&")):
        await visits.open(f"{path}?{query}")


def _further(role: str, rows: Rows) -> Iterator[str]:
    """Pages of rows that have many others, and the answers to fields that find a row by typing."""
    for route in PAGES:
        if role in route.handlers and route.path in rows.large:
            yield route.path.replace("{id}", rows.large[route.path])
        if role in route.handlers and route.path == "/choices/{kind}":
            yield from (f"/choices/{kind}?q={text}" for kind in KINDS for text in SEARCHES)
