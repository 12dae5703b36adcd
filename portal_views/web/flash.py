"""One-time notices: what a form has done is told on the next page, once, by a cookie that lives for a minute.

The cookie only names one of the sentences that pages have, `done.<name>`, and no other host can set it.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTICE_COOKIE = "__Host-werkstand-notice"
MAX_AGE_SECONDS = 60


@dataclass
class Notice:
    """The notice that a browser brought along, and whether a page has shown it."""

    name: str
    is_shown: bool = False


_current: ContextVar[Notice | None] = ContextVar("current_notice", default=None)


def with_notice(response: Response, name: str) -> Response:
    """The response; the page that follows it tells `done.<name>`."""
    _set_cookie(response, name, MAX_AGE_SECONDS)
    return response


def current_notice() -> str:
    """The name of the notice that this page shows; empty without one."""
    notice = _current.get()
    if notice is None:
        return ""
    notice.is_shown = True
    return notice.name


class FlashMiddleware:
    """Hands the notice of a browser to the page it opens, and takes the cookie back once it was shown."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = Request(scope).cookies.get(NOTICE_COOKIE, "") if scope["type"] == "http" else ""
        if not name:
            await self.app(scope, receive, send)
            return
        notice = Notice(name)
        token = _current.set(notice)

        async def send_once(message: Message) -> None:
            if message["type"] == "http.response.start" and notice.is_shown:
                MutableHeaders(scope=message).append("Set-Cookie", _removal())
            await send(message)

        try:
            await self.app(scope, receive, send_once)
        finally:
            _current.reset(token)


def _removal() -> str:
    """The header that takes the cookie back."""
    response = Response()
    _set_cookie(response, "", 0)
    return response.headers["set-cookie"]


def _set_cookie(response: Response, value: str, seconds: int) -> None:
    response.set_cookie(NOTICE_COOKIE, value, seconds, path="/", secure=True, httponly=True, samesite="lax")
