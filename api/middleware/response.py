"""Outermost middleware: request id, security headers, metrics, and a response without traceback for faults."""

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
# The page of an invoice shows its PDF in a frame; no other page may have one.
WITH_FRAME = re.compile(r"/invoices/inv_[0-9a-f-]+")
POLICY_WITH_FRAME = (b"content-security-policy", f"{CONTENT_SECURITY_POLICY}; frame-src 'self'".encode())
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
        request_id = _request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        # A server runs every request in a context of its own, so nothing needs to be unbound.
        structlog.contextvars.bind_contextvars(request_id=request_id)
        if scope["type"] == "http":
            return await self._respond(scope, receive, send, request_id)
        return await self.app(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        started_at, status, is_stream = time.perf_counter(), 0, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, is_stream
            if message["type"] == "http.response.start":
                status, is_stream = message["status"], _is_stream(message)
                self._add_headers(message, scope["path"], request_id)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            FAULTS.inc()
            log.exception("request failed", method=scope["method"], path=_redacted_path(scope["path"]))
            if not status:
                fault = error_response(HTTPConnection(scope), 500, "INTERNAL_ERROR", "fault", request_id=request_id)
                await fault(scope, receive, send_with_headers)
        _record_metrics(scope, status, time.perf_counter() - started_at, is_stream=is_stream)

    def _add_headers(self, message: Message, path: str, request_id: str) -> None:
        """Add the headers the response lacks; on raw bytes, because every response passes here."""
        present: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
        names = {name for name, _ in present}
        referrer = NO_REFERRER if path.startswith(TOKEN_PATHS) else SAME_ORIGIN
        framing = (POLICY_WITH_FRAME,) if WITH_FRAME.fullmatch(path) else ()
        wanted = dict((*self._security_headers, *framing, referrer))
        added = [(name, value) for name, value in wanted.items() if name not in names]
        message["headers"] = [*present, *added, (b"x-request-id", request_id.encode())]


def _request_id(scope: Scope) -> str:
    """Return the id a proxy has set, when it is well-formed, else a new one."""
    value = header(scope, b"x-request-id")
    return value if value and REQUEST_ID.fullmatch(value) else secrets.token_hex(16)


def _redacted_path(path: str) -> str:
    """Return the path without the token of a mailed link, which must not be logged."""
    return next((f"{page}..." for page in TOKEN_PATHS if path.startswith(page)), path)


def _is_stream(start: Message) -> bool:
    """Return whether a response is an event stream, which lasts as long as its client stays connected."""
    return any(name == b"content-type" and value.startswith(EVENT_STREAM) for name, value in start.get("headers", ()))


def _record_metrics(scope: Scope, status: int, seconds: float, *, is_stream: bool) -> None:
    """Count the response; the duration of a stream is no measure of latency."""
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
