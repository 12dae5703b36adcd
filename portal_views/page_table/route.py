"""A path of the portal with the handler of each role."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal_views.web.page_context import Handler


@dataclass(frozen=True)
class PageRoute:
    """A path with the handler of each role; `accepts_post` says whether the page has forms, with how many files."""

    path: str
    handlers: Mapping[str, Handler]
    accepts_post: bool = False
    max_files: int = 0


def for_each_role(handler: Handler, *roles: str) -> Mapping[str, Handler]:
    """The same handler for each of these roles."""
    return dict.fromkeys(roles, handler)
