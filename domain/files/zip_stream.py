"""A ZIP written as a stream: one file after the other, in the memory of one portion, of any size (ZIP64).

Neither files nor the list of them are kept in memory; that list waits in a temporary file for the end of the archive.
"""

import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from struct import pack
from tempfile import SpooledTemporaryFile

STORED, DEFLATED = 0, 8
UTF8_NAME, SIZES_FOLLOW = 0x800, 0x808
PLAIN, ZIP64 = 20, 45
BIG, MANY = 0xFFFFFFFF, 0xFFFF
MAX_LIST_IN_MEMORY = 1024 * 1024
PORTION = 64 * 1024


@dataclass
class _Entry:
    """One file as the list at the end describes it."""

    name: bytes
    offset: int
    flags: int
    method: int
    crc: int = 0
    compressed: int = 0
    size: int = 0


class ZipStream:
    """Gives the bytes of an archive in order; `end` comes last."""

    def __init__(self, at: datetime) -> None:
        self._offset = self._entries = 0
        self._list = SpooledTemporaryFile(max_size=MAX_LIST_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._time = at.hour << 11 | at.minute << 5 | at.second // 2
        self._date = max(at.year - 1980, 0) << 9 | at.month << 5 | at.day

    def close(self) -> None:
        """Remove the temporary file."""
        self._list.close()

    def file(self, name: str, content: bytes) -> Iterator[bytes]:
        """A file that is at hand, as it is: PDF and pictures do not get smaller."""
        entry = _Entry(name.encode(), self._offset, UTF8_NAME, STORED, zlib.crc32(content), len(content), len(content))
        yield self._counted(self._header(entry, PLAIN, entry.size))
        yield self._counted(content)
        self._add(entry)

    async def stream(self, name: str, portions: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """A compressed file whose length shows at its end."""
        entry = _Entry(name.encode(), self._offset, SIZES_FOLLOW, DEFLATED)
        yield self._counted(self._header(entry, ZIP64, BIG, pack("<HHQQ", 1, 16, 0, 0)))
        compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        async for portion in portions:
            entry.crc, entry.size = zlib.crc32(portion, entry.crc), entry.size + len(portion)
            if packed := compressor.compress(portion):
                entry.compressed += len(packed)
                yield self._counted(packed)
        packed = compressor.flush()
        entry.compressed += len(packed)
        yield self._counted(packed + pack("<4sIQQ", b"PK\x07\x08", entry.crc, entry.compressed, entry.size))
        self._add(entry)

    def end(self) -> Iterator[bytes]:
        """The list of all files, and where it is."""
        start, size = self._offset, self._list.tell()
        self._list.seek(0)
        while portion := self._list.read(PORTION):
            yield portion
        if self._entries >= MANY or max(start, size) >= BIG:
            counts = (self._entries, self._entries, size, start)
            yield pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, ZIP64, ZIP64, 0, 0, *counts)
            yield pack("<4sIQI", b"PK\x06\x07", 0, start + size, 1)
        entries = min(self._entries, MANY)
        yield pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, min(size, BIG), min(start, BIG), 0)

    def _header(self, entry: _Entry, version: int, size: int, extra: bytes = b"") -> bytes:
        facts = (version, entry.flags, entry.method, self._time, self._date, entry.crc, size, size)
        lengths = (len(entry.name), len(extra))
        return pack("<4sHHHHHIIIHH", b"PK\x03\x04", *facts, *lengths) + entry.name + extra

    def _add(self, entry: _Entry) -> None:
        """List the file; what does not fit into 32 bits stands behind its name."""
        values = (entry.size, entry.compressed, entry.offset)
        big = [value for value in values if value >= BIG]
        extra = pack(f"<HH{len(big)}Q", 1, 8 * len(big), *big) if big else b""
        size, compressed, offset = (min(value, BIG) for value in values)
        facts = (ZIP64, ZIP64, entry.flags, entry.method, self._time, self._date, entry.crc, compressed, size)
        lengths = (len(entry.name), len(extra), 0, 0, 0, 0, offset)
        self._list.write(pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", *facts, *lengths) + entry.name + extra)
        self._entries += 1

    def _counted(self, portion: bytes) -> bytes:
        self._offset += len(portion)
        return portion
