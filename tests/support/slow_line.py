"""A line to another server on this machine that can be held: bytes wait in it, and none is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PIECE = 65_536


class SlowLine:
    """Hands on what it is sent, unless it is held; `reached` is set once bytes wait."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self.reached, self._open = asyncio.Event(), asyncio.Event()
        self._target = target
        self._open.set()

    def hold(self) -> None:
        """Keep what is sent from now on."""
        self._open.clear()
        self.reached.clear()

    def let_go(self) -> None:
        """Hand on what has waited, and what follows."""
        self._open.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        await asyncio.gather(self._hand_on(reader, back, may_wait=True), self._hand_on(there, writer))

    async def _hand_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, may_wait: bool = False
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                if may_wait and not self._open.is_set():
                    self.reached.set()
                    await self._open.wait()
                writer.write(piece)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def a_slow_line(target: int) -> AsyncIterator[SlowLine]:
    """A line to this port that is there until the end."""
    line = SlowLine(target)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        line.let_go()
        server.close()
