"""The object storage: files are created once and never replaced; what is read is what was written."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError

FILE_SCHEME = "file"
# Folders that have become empty go with their last file.
LOCAL_OPTIONS: dict[str, Any] = {"automatic_cleanup": True}
READ_BYTES = 1024 * 1024
# An object is written in pieces of this size, at most so many at once: this bounds the memory.
WRITE_BYTES, WRITES_AT_ONCE = 8 * 1024 * 1024, 2


class DamagedFile(Exception):
    """A file is not what was written: its hash is another one."""


@dataclass(frozen=True)
class StoredObject:
    """The key of an object, and when it was written."""

    key: str
    written_at: datetime


class ObjectStore:
    """One folder, or one bucket with a prefix, by its URL: `file://`, `s3://`, `gs://` or `az://`."""

    def __init__(self, url: str) -> None:
        parts, options = urlsplit(url), dict[str, Any]()
        if parts.scheme == FILE_SCHEME:
            Path(unquote(parts.path)).mkdir(parents=True, exist_ok=True)
            options = LOCAL_OPTIONS
        self._store = obstore.store.from_url(url, **options)

    async def create(self, key: str, content: bytes) -> None:
        """Write a new file. Keys name their contents' hash, so that an existing one is the same file."""
        try:
            await obstore.put_async(self._store, key, content, mode="create")
        except AlreadyExistsError:
            await self.read(key, sha256(content).hexdigest())

    async def read(self, key: str, expected_sha256: str) -> bytes:
        """The file as it was written. Raises `DamagedFile` when its hash differs."""
        result = await obstore.get_async(self._store, key)
        content = bytes(await result.bytes_async())
        if sha256(content).hexdigest() != expected_sha256:
            raise DamagedFile(key)
        return content

    async def write_piece(self, key: str, content: bytes) -> None:
        """Write an object that fits into memory; a key of a piece has one writer only."""
        await obstore.put_async(self._store, key, content, use_multipart=False)

    async def write_stream(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        """Write an object of any size, which is there as a whole or not at all."""
        await obstore.put_async(self._store, key, pieces, chunk_size=WRITE_BYTES, max_concurrency=WRITES_AT_ONCE)

    async def open_stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of an object from `start` to before `end`, in pieces. Raises `FileNotFoundError` at once."""
        selected: Any = None if end is None else {"range": (start, end)}
        result = await obstore.get_async(self._store, key, options=selected)
        return _pieces(result)

    async def list_below(self, prefix: str) -> AsyncIterator[Sequence[StoredObject]]:
        """All objects below a prefix that ends with a slash, many at a time."""
        async for found in obstore.list(self._store, prefix, chunk_size=500):
            yield [StoredObject(each["path"], each["last_modified"]) for each in found]

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is gone already is no error."""
        for key in keys:
            try:
                await obstore.delete_async(self._store, key)
            except FileNotFoundError:
                continue

    async def delete_below(self, prefix: str) -> None:
        """Remove all objects below a prefix that ends with a slash."""
        async for found in self.list_below(prefix):
            await self.delete([each.key for each in found])


async def _pieces(result: Any) -> AsyncIterator[bytes]:
    async for piece in result.stream(min_chunk_size=READ_BYTES):
        yield bytes(piece)


@cache
def object_store(url: str) -> ObjectStore:
    """The storage at a URL, one for each process."""
    return ObjectStore(url)
