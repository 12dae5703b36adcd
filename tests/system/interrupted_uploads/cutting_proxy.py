"""A TCP proxy that cuts every line it holds when it is told to, as a lost network does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

READ_BYTES = 256 * 1024


@dataclass
class CuttingProxy:
    """Forwards to one port of this machine; `after_bytes` is called with all bytes that clients have sent so far."""

    upstream_port: int
    port: int = 0
    sent_bytes: int = 0
    answered_bytes: int = 0
    cuts: int = 0
    after_bytes: Callable[[int], None] = lambda total: None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Reset all lines, in both directions."""
        self.cuts += 1
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def handle(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        """Forward one connection until either side ends it."""
        self._writers.add(to_client)
        with suppress(OSError):
            server, to_server = await asyncio.open_connection("127.0.0.1", self.upstream_port)
            self._writers.add(to_server)
            await asyncio.gather(
                self._forward(client, to_server, self._count), self._forward(server, to_client, self._count_answer)
            )
            self._writers.discard(to_server)
        self._writers.discard(to_client)
        to_client.close()

    async def _forward(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, count: Callable[[int], None]
    ) -> None:
        with suppress(OSError):
            while piece := await source.read(READ_BYTES):
                target.write(piece)
                await target.drain()
                count(len(piece))
        target.close()

    def _count(self, size: int) -> None:
        self.sent_bytes += size
        self.after_bytes(self.sent_bytes)

    def _count_answer(self, size: int) -> None:
        self.answered_bytes += size


@asynccontextmanager
async def a_cutting_proxy(upstream_port: int) -> AsyncIterator[CuttingProxy]:
    """Listen on a free port until the block ends."""
    proxy = CuttingProxy(upstream_port)
    server = await asyncio.start_server(proxy.handle, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.cut()
        await server.wait_closed()
