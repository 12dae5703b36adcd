"""One POST again and again over connections that stay open, by a client that does as little as it can."""

import asyncio
import re
import time
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"
OK = b"HTTP/1.1 200 "


class Load:
    """What is posted to one address, and who posts it."""

    def __init__(self, port: int, path: str, body: bytes, token: str) -> None:
        self._port = port
        head = (
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self._request = head.encode() + body

    async def once(self) -> bytes:
        """The body of one answer."""
        client = await self._client()
        await client.ask(1)
        client.close()
        return client.body

    async def seconds(self, *, connections: int, requests: int) -> float:
        """How long so many requests take in all, each connection sending its next when it has its answer."""
        clients = [await self._client() for _ in range(connections)]
        began = time.perf_counter()
        await asyncio.gather(*(client.ask(requests // connections) for client in clients))
        taken = time.perf_counter() - began
        for client in clients:
            client.close()
        return taken

    async def _client(self) -> "_Client":
        loop = asyncio.get_running_loop()
        _, client = await loop.create_connection(lambda: _Client(self._request), "127.0.0.1", self._port)
        return client


class _Client(asyncio.Protocol):
    """Reads no more of an answer than tells where it ends."""

    def __init__(self, request: bytes) -> None:
        self._request, self._left = request, 0
        self._received, self._expected = bytearray(), 0
        self.body = b""

    def connection_made(self, transport: Any) -> None:
        self._transport: asyncio.Transport = transport

    async def ask(self, times: int) -> None:
        self._left, self._done = times, asyncio.get_running_loop().create_future()
        self._transport.write(self._request)
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

    def _answered(self) -> None:
        self._left -= 1
        if self._left:
            self._received, self._expected = bytearray(), 0
            self._transport.write(self._request)
            return
        self.body = bytes(self._received).partition(END_OF_HEAD)[2]
        self._done.set_result(None)


def _length(received: bytearray) -> int:
    """How many bytes an answer has, head and body; 0 while the head is not here."""
    end = received.find(END_OF_HEAD)
    if end < 0:
        return 0
    assert received.startswith(OK), bytes(received[:2000])
    length = LENGTH.search(received)
    assert length, bytes(received[:end])
    return end + len(END_OF_HEAD) + int(length[1])
