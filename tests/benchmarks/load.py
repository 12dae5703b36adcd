"""POST requests over connections that stay open, by a client that does as little as it can."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"
OK = b"HTTP/1.1 200 "


@dataclass(frozen=True)
class Posted:
    """How long all requests took together, and each of them from its sending to its answer; in seconds."""

    seconds: float
    each: Sequence[float]


class Load:
    """One request to one address, posted again and again."""

    def __init__(self, port: int, path: str, body: bytes, token: str) -> None:
        self._port = port
        self._request = request(port, path, body, token)

    async def once(self) -> bytes:
        """The body of one answer."""
        client = await _client(self._port, iter((self._request,)))
        await client.post_all()
        client.close()
        return client.body

    async def seconds(self, *, connections: int, requests: int) -> float:
        """How long so many requests take in all, each connection sending its next when it has its answer."""
        shares = [repeat(self._request, requests // connections) for _ in range(connections)]
        return (await _post([await _client(self._port, share) for share in shares])).seconds


async def post_each(port: int, requests: Sequence[bytes], *, connections: int, expected: bytes) -> Posted:
    """Post every request once; a connection takes the next when it has its answer, which must hold what is expected."""
    waiting = iter(requests)
    return await _post([await _client(port, waiting, expected) for _ in range(connections)])


def request(port: int, path: str, body: bytes, token: str) -> bytes:
    """The bytes of one request."""
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _post(clients: Sequence["_Client"]) -> Posted:
    began = time.perf_counter()
    await asyncio.gather(*(client.post_all() for client in clients))
    taken = time.perf_counter() - began
    for client in clients:
        client.close()
    return Posted(taken, [seconds for client in clients for seconds in client.each])


async def _client(port: int, requests: Iterator[bytes], expected: bytes = b"") -> "_Client":
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: _Client(requests, expected), "127.0.0.1", port)
    return client


class _Client(asyncio.Protocol):
    """Reads no more of an answer than tells where it ends."""

    def __init__(self, requests: Iterator[bytes], expected: bytes) -> None:
        self._requests, self._wanted = requests, expected
        self._received, self._expected = bytearray(), 0
        self.each: list[float] = []
        self.body = b""

    def connection_made(self, transport: Any) -> None:
        self._transport: asyncio.Transport = transport

    async def post_all(self) -> None:
        """Post until there is no request left."""
        self._done = asyncio.get_running_loop().create_future()
        self._post_next()
        await self._done

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._expected:
            self._expected = _length(self._received)
        if self._expected and len(self._received) >= self._expected:
            self._answered()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(error or ConnectionError("the server has hung up"))

    def close(self) -> None:
        self._transport.close()

    def _post_next(self) -> None:
        following = next(self._requests, None)
        if following is None:
            self._done.set_result(None)
            return
        self._received, self._expected = bytearray(), 0
        self._began = time.perf_counter()
        self._transport.write(following)

    def _answered(self) -> None:
        self.each.append(time.perf_counter() - self._began)
        if self._wanted not in self._received:
            self._done.set_exception(AssertionError(bytes(self._received[:2000])))
            return
        self.body = bytes(self._received).partition(END_OF_HEAD)[2]
        self._post_next()


def _length(received: bytearray) -> int:
    """How many bytes an answer has, head and body; 0 while the head is not here."""
    end = received.find(END_OF_HEAD)
    if end < 0:
        return 0
    assert received.startswith(OK), bytes(received[:2000])
    length = LENGTH.search(received)
    assert length, bytes(received[:end])
    return end + len(END_OF_HEAD) + int(length[1])
