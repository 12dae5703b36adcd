"""Paths of the page table that are pages, and the links that lead to them."""

import re
from collections.abc import Sequence

from portal_views.page_table import PAGES

# No pages: answers to scripts, downloads, and what only follows a form.
NO_PAGES = re.compile(r"/(drafts|choices)/.*|.*/(download|data(/page)?)|/board/(move|undo|status)|/bulk/new")


def paths_of(role: str) -> Sequence[str]:
    """The paths of the pages of a role, those of single things as patterns."""
    return [page.path for page in PAGES if role in page.handlers and not NO_PAGES.fullmatch(page.path)]


def leads_to(link: str, pattern: str) -> bool:
    """Whether a link, with or without a query, leads to a page of this pattern."""
    path = re.escape(pattern).replace(r"\{id\}", "[a-z]{3}_[0-9a-f-]{36}")
    return re.fullmatch(rf"{path}(\?.*)?", link) is not None


def first_match(pattern: str, links: Sequence[str]) -> str | None:
    """The first link that leads to a page of this pattern."""
    return next((link for link in links if leads_to(link, pattern)), None)
