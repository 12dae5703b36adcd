"""Requests from pages of other origins that the settings allow (CORS), at the GraphQL endpoints only.

They authenticate with a bearer token: their cookies are dropped, so that a session stays with our own pages.
"""

from collections.abc import Iterator

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.graphql.paths import GRAPHQL_PATHS
from api.middleware.csrf import ALLOWED_ORIGIN_KEY, is_cross_origin, origin_of
from api.request_values import header
from settings import Settings

PREFLIGHT_SECONDS = 7200
ALLOWED_METHODS = "GET, POST"
EXPOSED_HEADERS = "RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id"


class CorsMiddleware:
    """Answers preflights of allowed origins and lets their pages read the answers."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app, self.settings, self.own_origin = app, settings, origin_of(settings.base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in GRAPHQL_PATHS:
            return await self.app(scope, receive, send)
        origin, headers = header(scope, b"origin"), Headers(scope=scope)
        if not origin or not is_cross_origin(headers, self.own_origin) or not self.settings.allows_origin(origin):
            return await self.app(scope, receive, send)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return await _preflight_response(headers)(scope, receive, send)
        scope = without_cookies(scope)
        scope["state"] = {**scope.get("state", {}), ALLOWED_ORIGIN_KEY: origin}
        return await self.app(scope, receive, _readable(send, origin))


def without_cookies(scope: Scope) -> Scope:
    """The same request or handshake without its cookies."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"cookie"]}


def _preflight_response(headers: Headers) -> Response:
    """Allow all headers that are asked for: only Authorization carries authority, and the page itself knows it."""
    allowed = {
        "access-control-allow-origin": headers["origin"],
        "access-control-allow-methods": ALLOWED_METHODS,
        "access-control-allow-headers": headers.get("access-control-request-headers", ""),
        "access-control-max-age": str(PREFLIGHT_SECONDS),
        "vary": "Origin, Access-Control-Request-Headers",
    }
    return Response(status_code=204, headers=allowed)


def _readable(send: Send, origin: str) -> Send:
    """Name the origin in every answer, refusals included."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_answer_headers(origin)]
        await send(message)

    return send_with_headers


def _answer_headers(origin: str) -> Iterator[tuple[bytes, bytes]]:
    found = {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": EXPOSED_HEADERS,
        "vary": "Origin",
    }
    return ((name.encode(), value.encode("latin-1")) for name, value in found.items())
