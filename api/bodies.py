"""No body larger than what its place allows, declared or not."""

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusals import refuse

LARGEST_BODY = 256 * 1024


class TooLarge(Exception):
    """More has come in than is allowed."""


class LimitedBodies:
    """Answers 413 when a body is declared too large or turns out to be while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if _declared(scope) > LARGEST_BODY:
            return await _answer(scope, receive, send)
        try:
            return await self.app(scope, _counting(receive), send)
        except TooLarge:
            return await _answer(scope, receive, send)


def _counting(receive: Receive) -> Receive:
    received = 0

    async def receive_and_count() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > LARGEST_BODY:
            raise TooLarge
        return message

    return receive_and_count


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else LARGEST_BODY + 1


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    refusal = refuse(HTTPConnection(scope), 413, "PAYLOAD_TOO_LARGE", "body_too_large", limit=LARGEST_BODY)
    await refusal(scope, receive, send)
