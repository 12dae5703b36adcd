"""A client of clamd, the daemon of ClamAV: it is sent the bytes of a file (INSTREAM) and says what it finds in them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PIECE_BYTES = 64 * 1024
TCP_PORT = 3310
LONGEST_ANSWER = 4096
FOUND, OK, SIZE_LIMIT = " FOUND", ": OK", "size limit exceeded"


class ScannerUnavailable(ConnectionError):
    """The scanner is away, breaks off, takes too long or answers that it cannot check."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the scanner has found: the name of a virus, nothing, or that the file is too large for it."""

    virus: str = ""
    is_too_large: bool = False


@dataclass(frozen=True, kw_only=True)
class Clamd:
    """A scanner by its address: `tcp://host:port` or `unix:///path`.

    No step of sending may take longer than `send_seconds`, and the answer after the last byte `answer_seconds`.
    """

    url: str
    connect_seconds: float = 5
    send_seconds: float = 60
    answer_seconds: float = 600

    async def version(self) -> str:
        """What the scanner calls itself. Raises `ScannerUnavailable`."""
        async with self._connected() as (reader, writer):
            writer.write(b"zVERSION\0")
            return await _answer(reader, self.connect_seconds)

    async def check(self, content: AsyncIterator[bytes]) -> Verdict:
        """Send a file and return what is found in it. Raises `ScannerUnavailable`, and what `content` raises."""
        async with self._connected() as (reader, writer):
            # It may answer before the last byte, when the file is too large for it, and then takes no more.
            answer = asyncio.create_task(reader.readuntil(b"\0"))
            try:
                await self._send(content, writer, answer)
                done, _ = await asyncio.wait({answer}, timeout=self.answer_seconds)
                if not done:
                    raise ScannerUnavailable(f"no answer within {self.answer_seconds} seconds")
                return _verdict(_text(answer.result()))
            finally:
                answer.cancel()
                with suppress(asyncio.CancelledError, EOFError, OSError, asyncio.LimitOverrunError):
                    await answer

    async def _send(
        self, content: AsyncIterator[bytes], writer: asyncio.StreamWriter, answer: "asyncio.Task[bytes]"
    ) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            writer.write(b"zINSTREAM\0")
            async for portion in content:
                for start in range(0, len(portion), PIECE_BYTES):
                    if answer.done():
                        return
                    piece = portion[start : start + PIECE_BYTES]
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                    await asyncio.wait_for(writer.drain(), self.send_seconds)
            writer.write(bytes(4))
            await asyncio.wait_for(writer.drain(), self.send_seconds)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        try:
            reader, writer = await asyncio.wait_for(_open(self.url), self.connect_seconds)
            try:
                yield reader, writer
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.LimitOverrunError) as failure:
            raise ScannerUnavailable(str(failure) or type(failure).__name__) from failure


async def _open(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    address = urlsplit(url)
    if address.scheme == "unix" and address.path:
        return await asyncio.open_unix_connection(unquote(address.path), limit=LONGEST_ANSWER)
    if address.scheme == "tcp" and address.hostname:
        return await asyncio.open_connection(address.hostname, address.port or TCP_PORT, limit=LONGEST_ANSWER)
    raise ValueError(f"{url} is no address of a scanner: tcp://host:port or unix:///path")


async def _answer(reader: asyncio.StreamReader, seconds: float) -> str:
    return _text(await asyncio.wait_for(reader.readuntil(b"\0"), seconds))


def _text(answer: bytes) -> str:
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Verdict:
    """`stream: OK`, `stream: <name> FOUND`, `INSTREAM size limit exceeded. ERROR`, or another error."""
    if answer.endswith(FOUND):
        return Verdict(virus=answer.partition(": ")[2].removesuffix(FOUND).strip() or answer)
    if SIZE_LIMIT in answer:
        return Verdict(is_too_large=True)
    if answer.endswith(OK):
        return Verdict()
    raise ScannerUnavailable(answer)
