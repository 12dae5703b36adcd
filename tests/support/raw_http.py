"""Clients that speak HTTP byte by byte, as no library would."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from tests.support.polling import PATIENCE_SECONDS


class RawConnection:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        """Send bytes, as far as the server still takes them."""
        try:
            self._writer.write(data)
            await self._writer.drain()
        except ConnectionError:
            return

    async def rest(self) -> bytes:
        """Everything that the server sends until it closes the connection."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                return await self._reader.read()
            except ConnectionError:
                return b""

    async def status(self) -> int:
        """The status of the next response."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = await self._reader.readline()
        return int(line.split()[1])


@asynccontextmanager
async def a_connection(address: str) -> AsyncIterator[RawConnection]:
    """An open connection."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        yield RawConnection(reader, writer)
    finally:
        writer.close()


@asynccontextmanager
async def connections(address: str, number: int) -> AsyncIterator[Sequence[RawConnection]]:
    """Several open connections."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(a_connection(address)) for _ in range(number)]
