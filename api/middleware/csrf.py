"""Protection against requests that another site makes a browser send (CSRF), for the middleware and for sockets."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.error_responses import error_response
from api.graphql.paths import GRAPHQL_PATHS
from api.request_values import header
from settings import Settings

# Set by `CorsMiddleware` for a page that the settings allow; the request has no cookies then.
ALLOWED_ORIGIN_KEY = "allowed_origin"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Pages below are reached by a token in their address, which no other site knows; with their referrer policy
# browsers send `Origin: null` from them.
TOKEN_PATHS = ("/l/", "/u/", "/first-run/", "/calendar/")


class CsrfMiddleware:
    """Answers 403 to unsafe requests from another site's page.

    A request to the API with an Authorization header passes: there the header counts alone, and the cookie never. Pages
    know no such header, so that it opens nothing for them.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app, self.own_origin = app, origin_of(settings.base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and self._is_cross_origin(scope):
            response = error_response(HTTPConnection(scope), 403, "FOREIGN_ORIGIN", "foreign_origin")
            return await response(scope, receive, send)
        return await self.app(scope, receive, send)

    def _is_cross_origin(self, scope: Scope) -> bool:
        has_own_authority = scope["path"] in GRAPHQL_PATHS and header(scope, b"authorization") is not None
        if has_own_authority or ALLOWED_ORIGIN_KEY in scope.get("state", {}):
            return False
        headers = Headers(scope=scope)
        if scope["path"].startswith(TOKEN_PATHS) and headers.get("origin") in (None, "null"):
            return headers.get("sec-fetch-site") == "cross-site"
        return is_cross_origin(headers, self.own_origin)


def is_cross_origin(headers: Headers, own_origin: str) -> bool:
    """Return whether a browser names another site's page as the origin; other clients send no such header."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() != own_origin and _host_of(origin.lower()) != headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL, as browsers write an origin."""
    parts = urlsplit(url.lower())
    return f"{parts.scheme}://{parts.netloc}"
