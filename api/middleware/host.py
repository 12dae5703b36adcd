"""Requests name their host once, in a form that a host can have (RFC 9112, section 3.2)."""

import re

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.error_responses import error_response

HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
CLOSE_POLICY_VIOLATION = 1008


class HostMiddleware:
    """Answers 400 to requests without a host, with several, or with one that is malformed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _names_host(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": CLOSE_POLICY_VIOLATION, "reason": "Malformed Host"})
        else:
            refusal = error_response(HTTPConnection(scope), 400, "BAD_REQUEST", "malformed_host")
            await refusal(scope, receive, send)


def _names_host(scope: Scope) -> bool:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if not hosts:
        return scope.get("http_version") == "1.0"
    return len(hosts) == 1 and HOST.fullmatch(hosts[0]) is not None
