"""What every answer gets: a request id, security headers, a measure, and never a traceback."""

import re
import secrets
import time
from typing import Any

import structlog
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.error_responses import error_response
from api.middleware.csrf import TOKEN_PATHS
from api.ops.metrics import FAULTS, REQUEST_SECONDS, request_counter
from api.request_values import header
from settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
NO_REFERRER, SAME_ORIGIN = (b"referrer-policy", b"no-referrer"), (b"referrer-policy", b"same-origin")
HSTS = "max-age=63072000; includeSubDomains"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SLOW_SECONDS = 1.0
EVENT_STREAM = b"text/event-stream"

log = structlog.get_logger()


class ResponseMiddleware:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        always = SECURITY_HEADERS | (
            {"strict-transport-security": HSTS} if settings.base_url.startswith("https://") else {}
        )
        self._security_headers = [(name.encode(), value.encode()) for name, value in always.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        number = _request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": number}
        # A server runs every request in a context of its own, so nothing needs to be unbound.
        structlog.contextvars.bind_contextvars(request_id=number)
        if scope["type"] == "http":
            return await self._respond(scope, receive, send, number)
        return await self.app(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        begun, status, is_stream = time.perf_counter(), 0, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, is_stream
            if message["type"] == "http.response.start":
                status, is_stream = message["status"], _is_stream(message)
                self._add_headers(message, scope["path"], number)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            FAULTS.inc()
            log.exception("request failed", method=scope["method"], path=_redacted_path(scope["path"]))
            if not status:
                fault = error_response(HTTPConnection(scope), 500, "INTERNAL_ERROR", "fault", request_id=number)
                await fault(scope, receive, send_with_headers)
        _record_metrics(scope, status, time.perf_counter() - begun, is_stream=is_stream)

    def _add_headers(self, message: Message, path: str, number: str) -> None:
        """Add what the answer does not say itself; raw, because this is done for every answer."""
        given: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
        names = {name for name, _ in given}
        referrer = NO_REFERRER if path.startswith(TOKEN_PATHS) else SAME_ORIGIN
        added = [always for always in (*self._security_headers, referrer) if always[0] not in names]
        message["headers"] = [*given, *added, (b"x-request-id", number.encode())]


def _request_id(scope: Scope) -> str:
    """The id a proxy in front has given, when it is well-formed, else a new one."""
    given = header(scope, b"x-request-id")
    return given if given and REQUEST_ID.fullmatch(given) else secrets.token_hex(16)


def _redacted_path(path: str) -> str:
    """Paths may carry the token of a link, which no log shall hold."""
    return next((f"{page}..." for page in TOKEN_PATHS if path.startswith(page)), path)


def _is_stream(start: Message) -> bool:
    """Whether an answer goes on as long as somebody listens."""
    return any(name == b"content-type" and value.startswith(EVENT_STREAM) for name, value in start.get("headers", ()))


def _record_metrics(scope: Scope, status: int, seconds: float, *, is_stream: bool) -> None:
    """Count the answer; how long a stream was listened to says nothing about how quick we are."""
    request_counter(scope["method"] if scope["method"] in ("GET", "POST") else "other", status).inc()
    if is_stream:
        return
    REQUEST_SECONDS.observe(seconds)
    if seconds > SLOW_SECONDS and status != 0:
        facts: dict[str, Any] = {
            "method": scope["method"],
            "path": _redacted_path(scope["path"]),
            "status": status,
        }
        log.info("slow request", seconds=round(seconds, 3), **facts)
