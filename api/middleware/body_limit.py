"""Limits on the size of a request body at its path, and on the time until it has arrived."""

import asyncio
import sys

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.error_responses import error_response
from api.graphql.paths import BULK_PATHS
from api.request_values import header
from domain.bank.camt.archive import MAX_FILE_BYTES as MAX_BANK_FILE_BYTES
from domain.imports.inputs import MAX_FILE_BYTES as MAX_IMPORT_BYTES

MAX_BODY_BYTES = 256 * 1024
# Where thousands of orders are named. `api.graphql.graphql_request` knows which requests may be this large.
MAX_BULK_BODY_BYTES = 1024 * 1024
BODY_TIMEOUT_SECONDS = 10.0


# Forms that import a file have other fields beside it.
OTHER_FIELDS_BYTES = 64 * 1024
MAX_BYTES_BY_PATH = {
    **dict.fromkeys(BULK_PATHS, MAX_BULK_BODY_BYTES),
    "/imports/new": MAX_IMPORT_BYTES + OTHER_FIELDS_BYTES,
    "/bank/import": MAX_BANK_FILE_BYTES + OTHER_FIELDS_BYTES,
}

# Files of any size are sent there, and their routes bound them.
STREAMED_PATHS = ("/files/uploads",)


class BodyTooLarge(Exception):
    """The body is larger than its path allows."""


class BodyTooSlow(Exception):
    """The body has not arrived in time."""


class BodyLimitMiddleware:
    """Answers 413 to a body that is declared or found too large, and 408 to one that does not arrive in time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(STREAMED_PATHS):
            return await self.app(scope, receive, send)
        most = MAX_BYTES_BY_PATH.get(scope["path"], MAX_BODY_BYTES)
        if _declared_length(scope) > most:
            return await _send_too_large(scope, receive, send, most)
        try:
            return await self.app(scope, _limited_receive(receive, most), send)
        except BodyTooLarge:
            return await _send_too_large(scope, receive, send, most)
        except BodyTooSlow:
            return await _send_too_slow(scope, receive, send)


def _limited_receive(receive: Receive, most: int) -> Receive:
    """Count the bytes and the time until the body is complete; later messages have no time limit."""
    received, is_complete, until = 0, False, asyncio.get_running_loop().time() + BODY_TIMEOUT_SECONDS

    async def receive_and_count() -> Message:
        nonlocal received, is_complete
        try:
            async with asyncio.timeout_at(None if is_complete else until):
                message = await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        is_complete = not message.get("more_body", False)
        received += len(message.get("body", b""))
        if received > most:
            raise BodyTooLarge
        return message

    return receive_and_count


def _declared_length(scope: Scope) -> int:
    length = header(scope, b"content-length") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else sys.maxsize


async def _send_too_large(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    refusal = error_response(HTTPConnection(scope), 413, "PAYLOAD_TOO_LARGE", "body_too_large", limit=most)
    await refusal(scope, receive, send)


async def _send_too_slow(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"connection": "close"}
    refusal = error_response(HTTPConnection(scope), 408, "REQUEST_TIMEOUT", "body_too_slow", headers=headers)
    await refusal(scope, receive, send)
