"""A server that accepts connections and never answers, until the test lets it: then it says PONG to everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from workers.supervision.listening_sockets import listen, port_of


class MuteServer:
    """`connections` counts how often it was turned to."""

    def __init__(self, port: int) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self.connections = 0
        self.may_answer = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while commands := (await reader.read(65_536)).count(b"*"):
            await self.may_answer.wait()
            writer.write(b"+PONG\r\n" * commands)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def a_mute_server() -> AsyncIterator[MuteServer]:
    """Serve on any free port in the running event loop."""
    listening = listen("127.0.0.1", 0)
    mute = MuteServer(port_of(listening))
    server = await asyncio.start_server(mute.serve, sock=listening)
    try:
        yield mute
    finally:
        mute.may_answer.set()
        server.close()
