"""The HTTP protocol of our servers: uvicorn's, with limits of the bytes and the time of headers, and of connections.

Neither httptools nor uvicorn bounds any of them. A WebSocket begins as such a connection and keeps its place until it
ends.
"""

import asyncio
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.auto import AutoWebSocketsProtocol

from api.server.connection_counter import ConnectionCounter
from settings import Settings, load

# So long what a refused client still sends is read and dropped: it would not get the answer otherwise.
LINGER_SECONDS = 2.0


@dataclass(frozen=True)
class Protocols:
    """The two classes that `uvicorn.Config` takes as `http` and `ws`."""

    http: type[asyncio.Protocol]
    ws: type[asyncio.Protocol]


def limited_protocols(settings: Settings) -> Protocols:
    """Protocols that share one count of connections."""
    connections = ConnectionCounter(settings.connections_per_address, settings.trusted_proxies)
    shared = {"header_bytes": settings.header_bytes, "header_seconds": settings.header_seconds}
    http = type("Http", (LimitedHttpProtocol,), {"counter": connections, **shared})
    return Protocols(http, type("WebSocket", (CountedWebSocketProtocol,), {"counter": connections}))


class CountedWebSocketProtocol(AutoWebSocketsProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's WebSocket, which gives back the place of the connection that it took over."""

    counter: ConnectionCounter

    def connection_lost(self, exc: Exception | None) -> None:
        self.counter.leave(_address(self.client))
        super().connection_lost(exc)


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. Headers over `header_bytes` get 431, those not complete after `header_seconds` get 408.

    An address with too many connections gets 429. All three close the connection.
    """

    counter: ConnectionCounter
    header_bytes: int
    header_seconds: float

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        # The bytes since something was complete: headers, a part of a body, or a message.
        self._incomplete_bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._is_counted = self._is_refused = self._is_upgraded = False
        self._is_between_messages, self._has_headers = True, False
        self._unanswered = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._is_counted = self.counter.enter(_address(self.client))
        if not self._is_counted:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS, b"retry-after: 10\r\n")
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        if self._is_counted:
            self.counter.leave(_address(self.client))
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass on what may still belong to headers of an acceptable size, piece by piece."""
        if self._is_between_messages:
            self._start_timer()
        rest = memoryview(data)
        while rest and not (self._is_refused or self._is_upgraded or self.transport.is_closing()):
            room = self.header_bytes - self._incomplete_bytes
            if room <= 0:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return
            piece, rest = rest[:room], rest[room:]
            self._incomplete_bytes += len(piece)
            super().data_received(bytes(piece))

    def eof_received(self) -> None:
        if self._is_refused:
            self.transport.close()
        super().eof_received()

    def on_message_begin(self) -> None:
        self._is_between_messages = False
        self._start_timer()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._stop_timer()
        self._incomplete_bytes, self._has_headers = 0, True
        self._unanswered += 1
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._incomplete_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_timer()
        self._incomplete_bytes, self._has_headers = 0, False
        self._is_between_messages = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Expect the rest of a body that was answered before it had arrived within the same time."""
        super().on_response_complete()
        self._unanswered -= 1
        if not self._is_between_messages and not self.transport.is_closing():
            self._start_timer()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over, with its place."""
        self._stop_timer()
        self._is_counted, self._is_upgraded = False, True
        super().handle_websocket_upgrade()

    def _start_timer(self) -> None:
        if self._timer is None and not self._is_refused:
            self._timer = self.loop.call_later(self.header_seconds, self._time_out)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _time_out(self) -> None:
        self._timer = None
        self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: HTTPStatus, headers: bytes = b"") -> None:
        """Answer where no other answer is under way, and close once the client had time to read it."""
        self._is_refused = True
        self._stop_timer()
        is_expected = not self._has_headers and not self._unanswered
        if self.transport.is_closing() or not is_expected or not self.transport.can_write_eof():
            self.transport.close()
            return
        self.transport.write(_answer(status, headers))
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.close)


def _answer(status: HTTPStatus, headers: bytes) -> bytes:
    text = f"{status.phrase}\n".encode()
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\ncontent-length: {len(text)}\r\n"
    return head.encode() + headers + b"connection: close\r\n\r\n" + text


def _address(client: tuple[str, int] | None) -> str | None:
    """The address of the peer; None on a Unix socket."""
    return client[0] if client else None


@cache
def _protocols() -> Protocols:
    return limited_protocols(load())


def __getattr__(name: str) -> Any:
    """Build `http` and `ws` when a server imports them by name, so that importing this module needs no settings."""
    if name in ("http", "ws"):
        return getattr(_protocols(), name)
    raise AttributeError(name)
