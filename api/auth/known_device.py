"""The cookie by which a browser is known to an account that has signed in there."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.accounts.authentication.known_devices import LIFETIME, KnownDevice, find_device, issue_device_token

DEVICE_COOKIE = "__Host-werkstand-device"
STATE = "known_device_token"


async def device_of(request: Request, key: bytes) -> KnownDevice | None:
    """The known device that a request comes from, or None."""
    token = request.cookies.get(DEVICE_COOKIE, "")
    return await find_device(token, key) if token else None


async def remember_device(request: Request, session_secret: str | None, key: bytes) -> None:
    """Let the answer to this request carry the cookie, when a session was opened."""
    if session_secret:
        setattr(request.state, STATE, await issue_device_token(session_secret, key))


class KnownDeviceMiddleware:
    """Sets the cookie on the answer to a request that has opened a session."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and (token := state.get(STATE)):
                MutableHeaders(scope=message).append("set-cookie", _cookie(token))
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _cookie(token: str) -> str:
    response = Response()
    seconds = int(LIFETIME.total_seconds())
    response.set_cookie(DEVICE_COOKIE, token, seconds, path="/", secure=True, httponly=True, samesite="lax")
    return response.headers["set-cookie"]
