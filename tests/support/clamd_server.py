"""A scanner that speaks clamd's protocol over TCP or a unix socket and judges what it is sent by words in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# Put together here, so that no scanner takes this file for what it tests.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FAULTY, SILENT, CUT = b"make it fail", b"make it silent", b"cut the line"
VERSION = b"ClamAV 1.4.3/27800/Mon Nov 30 09:00:00 2026\0"


@dataclass
class ClamdServer:
    """Where the scanner listens; files of more than `limit` bytes are too large for it."""

    url: str
    limit: int
    files: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            command = await reader.readuntil(b"\0")
            answer = VERSION if command == b"zVERSION\0" else await self._judge(reader)
            if answer is not None:
                writer.write(answer)
                await writer.drain()
        writer.close()

    async def _judge(self, reader: asyncio.StreamReader) -> bytes | None:
        """The answer; None where the line is cut instead."""
        content = b""
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(size)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
            if CUT in content:
                return None
        self.files += 1
        if SILENT in content:
            await reader.read()
            return None
        if FAULTY in content:
            return b"stream: Can't allocate memory ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@asynccontextmanager
async def a_clamd_server(*, limit: int = 1_000_000, socket: Path | None = None) -> AsyncIterator[ClamdServer]:
    """A scanner that is up until the end."""
    scanner = ClamdServer(f"unix://{socket}", limit)
    if socket:
        server = await asyncio.start_unix_server(scanner.serve, path=str(socket))
    else:
        server = await asyncio.start_server(scanner.serve, "127.0.0.1", 0)
        scanner.url = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield scanner
    finally:
        server.close()
