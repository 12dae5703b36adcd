"""Receiving the body of one request: cut into parts of bounded size, each stored, then counted."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from domain.files.object_store import ObjectStore
from domain.uploads import leases
from domain.uploads.keys import part_key
from domain.uploads.leases import Lease, LeaseLost, Part

PART_BYTES = 8 * 1024 * 1024
RENEW_SECONDS = 1.0
# After such a pause what has arrived is stored, and after the longer one the request is ended.
IDLE_SECONDS, STALLED_SECONDS = 3.0, 20.0
CHECKSUM_ALGORITHMS = ("sha256", "sha1")


class BodyEnd(StrEnum):
    """How the body of a request came to its end."""

    COMPLETE = "COMPLETE"
    BROKEN = "BROKEN"
    STALLED = "STALLED"
    LEASE_LOST = "LEASE_LOST"
    TOO_LONG = "TOO_LONG"
    WRONG_CHECKSUM = "WRONG_CHECKSUM"


@dataclass(frozen=True)
class Chunk:
    """Bytes of a body; `is_last` ends it, `is_broken` when its sender has gone."""

    content: bytes
    is_last: bool = False
    is_broken: bool = False


@dataclass(frozen=True, kw_only=True)
class Checksum:
    """What the bytes of one request must add up to."""

    algorithm: str
    digest: bytes


def parse_checksum(header: str) -> Checksum | None:
    """Read an Upload-Checksum header, `sha256 <base64>`; None when it is malformed or of another algorithm."""
    algorithm, _, encoded = header.strip().partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    return Checksum(algorithm=algorithm, digest=digest) if algorithm in CHECKSUM_ALGORITHMS and digest else None


Receive = Callable[[], Awaitable[Chunk]]


@dataclass(kw_only=True)
class Receiver:
    """Writes one body to an upload, from `offset` on, never past `size`.

    Without a checksum each part counts once it is stored. With one, nothing counts before all bytes were checked, so
    that a body that breaks off or is damaged leaves the offset where it was.
    """

    store: ObjectStore
    lease: Lease
    offset: int
    size: int
    checksum: Checksum | None = None
    _buffer: bytearray = field(default_factory=bytearray)
    _uncounted: list[Part] = field(default_factory=list)
    _renewed_at: float = field(default_factory=time.monotonic)
    _digest: "hashlib._Hash | None" = None

    def __post_init__(self) -> None:
        self._digest = hashlib.new(self.checksum.algorithm) if self.checksum else None

    async def receive(self, receive: Receive) -> BodyEnd:
        """Store the body and give the lease back. What is stored and known not to count is removed at once.

        After any other fault it may count, so that it is left to the sweep.
        """
        try:
            try:
                end = await self._receive(receive)
            except LeaseLost:
                end = BodyEnd.LEASE_LOST
            await self._discard()
            return end
        finally:
            await asyncio.shield(leases.give_back(self.lease))

    async def _receive(self, receive: Receive) -> BodyEnd:
        chunks = _PatientReader(receive)
        try:
            last = await self._read_all(chunks)
        finally:
            chunks.close()
        return last if isinstance(last, BodyEnd) else await self._conclude(last)

    async def _read_all(self, chunks: "_PatientReader") -> Chunk | BodyEnd:
        """Take in chunk by chunk; the last one, or why none follows."""
        while True:
            chunk = await chunks.next(IDLE_SECONDS)
            if chunk is None:
                if not await self._survive_pause(chunks):
                    return BodyEnd.STALLED
                continue
            if self._end + len(chunk.content) > self.size:
                return BodyEnd.TOO_LONG
            if self._digest:
                self._digest.update(chunk.content)
            self._buffer += chunk.content
            await self._store_what_is_due()
            if chunk.is_last:
                return chunk

    async def _conclude(self, last: Chunk) -> BodyEnd:
        if self.checksum and self._digest:
            if last.is_broken:
                return BodyEnd.BROKEN
            if self._digest.digest() != self.checksum.digest:
                return BodyEnd.WRONG_CHECKSUM
        await self._flush()
        await self._count()
        return BodyEnd.BROKEN if last.is_broken else BodyEnd.COMPLETE

    @property
    def _end(self) -> int:
        return self.offset + sum(part.size for part in self._uncounted) + len(self._buffer)

    async def _survive_pause(self, chunks: "_PatientReader") -> bool:
        """Store what has arrived and wait for more; whether it came."""
        if not self.checksum:
            await self._flush()
        return await chunks.wait(STALLED_SECONDS - IDLE_SECONDS)

    async def _store_what_is_due(self) -> None:
        while len(self._buffer) >= PART_BYTES:
            await self._flush()
        if time.monotonic() - self._renewed_at >= RENEW_SECONDS:
            await leases.renew(self.lease)
            self._renewed_at = time.monotonic()

    async def _flush(self) -> None:
        if not self._buffer:
            return
        content = bytes(memoryview(self._buffer)[:PART_BYTES])
        part = Part(self._end - len(self._buffer), len(content))
        self._uncounted.append(part)
        del self._buffer[: len(content)]
        await self.store.write_piece(part_key(self.lease.file_id, part.start, self.lease.fence), content)
        if not self.checksum:
            await self._count()

    async def _count(self) -> None:
        if self._uncounted:
            self.offset = await leases.count(self.lease, self._uncounted)
            self._uncounted.clear()
            self._renewed_at = time.monotonic()

    async def _discard(self) -> None:
        fence, file_id = self.lease.fence, self.lease.file_id
        await self.store.delete([part_key(file_id, part.start, fence) for part in self._uncounted])


class _PatientReader:
    """Reads chunks with a limit of time that interrupts no read."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._pending: asyncio.Future[Chunk] | None = None

    async def next(self, seconds: float) -> Chunk | None:
        """The next chunk; None when it does not come in time, and then a later call may get it."""
        if not await self.wait(seconds):
            return None
        assert self._pending is not None
        chunk, self._pending = self._pending.result(), None
        return chunk

    async def wait(self, seconds: float) -> bool:
        """Whether a chunk is there in time."""
        if self._pending is None:
            self._pending = asyncio.ensure_future(self._receive())
        done, _ = await asyncio.wait({self._pending}, timeout=seconds)
        return bool(done)

    def close(self) -> None:
        """Read no more."""
        if self._pending is not None:
            self._pending.cancel()
