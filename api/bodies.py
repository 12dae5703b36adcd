"""No body larger than what its place allows, declared or not, and none that takes forever to arrive."""

import asyncio

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.headers import header
from api.refusals import refuse

LARGEST_BODY = 256 * 1024
# Where thousands of orders are named; only the requests that do so may be this large, which `api.asked` knows.
LARGEST_OF_MANY = 1024 * 1024
PLACES_OF_MANY = frozenset({"/graphql"})
SECONDS_TO_ARRIVE = 10.0


class TooLarge(Exception):
    """More has come in than is allowed."""


class TooSlow(Exception):
    """The rest has not come in for too long."""


class LimitedBodies:
    """Answers 413 when a body is declared too large or turns out to be, and 408 when half of it never comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        most = LARGEST_OF_MANY if scope["path"] in PLACES_OF_MANY else LARGEST_BODY
        if _declared(scope) > most:
            return await _answer(scope, receive, send, most)
        try:
            return await self.app(scope, _counting(receive, most), send)
        except TooLarge:
            return await _answer(scope, receive, send, most)
        except TooSlow:
            return await _give_up(scope, receive, send)


def _counting(receive: Receive, most: int) -> Receive:
    """Count what comes in, and the time until all of it is here; later messages may take as long as they like."""
    received, is_complete, until = 0, False, asyncio.get_running_loop().time() + SECONDS_TO_ARRIVE

    async def receive_and_count() -> Message:
        nonlocal received, is_complete
        try:
            async with asyncio.timeout_at(None if is_complete else until):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        is_complete = not message.get("more_body", False)
        received += len(message.get("body", b""))
        if received > most:
            raise TooLarge
        return message

    return receive_and_count


def _declared(scope: Scope) -> int:
    length = header(scope, b"content-length") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else LARGEST_OF_MANY + 1


async def _answer(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    refusal = refuse(HTTPConnection(scope), 413, "PAYLOAD_TOO_LARGE", "body_too_large", limit=most)
    await refusal(scope, receive, send)


async def _give_up(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"connection": "close"}
    refusal = refuse(HTTPConnection(scope), 408, "REQUEST_TIMEOUT", "body_too_slow", headers=headers)
    await refusal(scope, receive, send)
