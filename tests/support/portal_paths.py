"""Paths of the page table that are pages, and the links that lead to them."""

import re
from collections.abc import Sequence

from portal_views.page_table import PAGES

# No pages: answers to scripts, downloads, and what only follows a form.
NO_PAGES = re.compile(r"/(drafts|choices)/.*|.*/download|/board/(move|undo|status)|/bulk/new")


def paths_of(role: str) -> Sequence[str]:
    """The paths of the pages of a role, those of single things as patterns."""
    return [page.path for page in PAGES if role in page.handlers and not NO_PAGES.fullmatch(page.path)]


def first_match(pattern: str, links: Sequence[str]) -> str | None:
    """The first link that leads to a page of this pattern, whatever its query."""
    wanted = re.compile(re.escape(pattern).replace(r"\{id\}", "[a-z]{3}_[0-9a-f-]{36}") + r"(\?.*)?")
    return next((link for link in links if wanted.fullmatch(link)), None)
