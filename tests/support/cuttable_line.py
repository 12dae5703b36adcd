"""A line to a server of this machine that can be cut for a while: meanwhile no one answers at its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.system.interrupted_uploads.cutting_proxy import CuttingProxy


class CuttableLine:
    """The line at one port, which stays the same."""

    def __init__(self, upstream_port: int) -> None:
        self._proxy = CuttingProxy(upstream_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._proxy.port}"

    async def restore(self) -> None:
        """Listen, at the port of before where there was one."""
        self._server = await asyncio.start_server(self._proxy.handle, "127.0.0.1", self._proxy.port)
        self._proxy.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Refuse new connections and reset those that are open."""
        self._server.close()
        self._proxy.cut()
        await self._server.wait_closed()


@asynccontextmanager
async def a_cuttable_line(upstream_port: int) -> AsyncIterator[CuttableLine]:
    """Listen on a free port until the block ends."""
    line = CuttableLine(upstream_port)
    await line.restore()
    try:
        yield line
    finally:
        await line.cut()
