"""The operator as every page shows it: name, logo, colour, and the way to imprint, privacy notice and help."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

LEGAL_TEXTS = ("imprint", "privacy")


@dataclass(frozen=True, kw_only=True)
class Site:
    """The operator as pages show it; `legal_texts` are those that exist, `version` changes with any of it."""

    names: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    has_logo: bool = False
    accent_color: str = ""
    legal_texts: tuple[str, ...] = ()
    support_contact: str = ""

    def name(self, language: str) -> str:
        """The operator's name in a language."""
        return self.names.get(language) or "Werkstand"


class SitePort(Protocol):
    """Reads what the pages show of the operator."""

    async def site(self) -> Site: ...

    async def legal_text(self, name: str, language: str) -> str:
        """One of `LEGAL_TEXTS` in this language, or in the other one where there is none."""
        ...

    async def logo(self) -> bytes | None: ...


PRODUCT = Site()
current_site: ContextVar[Site] = ContextVar("current_site", default=PRODUCT)


class SiteMiddleware:
    """Reads the site once for each request of a page; static files need none."""

    def __init__(self, app: ASGIApp, *, port: SitePort) -> None:
        self.app, self._port = app, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "text/html" in Request(scope).headers.get("accept", ""):
            current_site.set(await self._port.site())
        await self.app(scope, receive, send)
