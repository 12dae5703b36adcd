"""A real HTTP server that receives webhooks, inside the test process."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook

OK = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    headers: dict[str, str]
    body: str

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.body)
        return content

    def is_signed_with(self, secret: str) -> bool:
        """As receivers check it; raises when the signature is wrong."""
        return bool(Webhook(secret).verify(self.body, self.headers))


@dataclass
class Receiver:
    """What was received, oldest first; `answer` gives the bytes to answer with, or hangs."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], bytes | None] = lambda request: OK
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def types(self) -> list[str]:
        return [request.content["type"] for request in self.received]

    def answers(self, status: int, *, text: str = "", location: str = "") -> None:
        """Answer everything from now on with this status."""
        lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(text)}", "Connection: close"]
        lines += [f"Location: {location}"] if location else []
        self.answer = lambda request: ("\r\n".join([*lines, "", text])).encode()

    def hangs(self) -> None:
        """Answer nothing from now on."""
        self.answer = lambda request: None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        by_name = {name.lower(): value for name, value in headers.items()}
        body = await reader.readexactly(int(by_name["content-length"]))
        self.received.append(Received(by_name, body.decode()))
        self.arrived.set()
        answer = self.answer(self.received[-1])
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def a_receiver() -> AsyncIterator[Receiver]:
    """Serve on any free port in the running event loop."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks"
    try:
        yield receiver
    finally:
        server.close()
