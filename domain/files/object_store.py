"""The object storage: files are created once and never replaced; what is read is what was written."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError

FILE_SCHEME = "file"
# Folders that have become empty go with their last file.
LOCAL_OPTIONS: dict[str, Any] = {"automatic_cleanup": True}
# An unfinished object has a name that no key has.
INTERRUPTED = "*#*"
READ_BYTES = 1024 * 1024
# An object is written in pieces of this size, at most so many at once: this bounds the memory.
WRITE_BYTES, WRITES_AT_ONCE = 8 * 1024 * 1024, 2


class DamagedFile(Exception):
    """A file is not what was written: its hash is another one."""


class MissingFile(Exception):
    """The storage answers, and the file is not there."""


class StorageUnavailable(Exception):
    """The storage is away, full, or refuses us: it takes nothing, and nothing can be said of its files."""


@dataclass(frozen=True)
class StoredObject:
    """The key of an object, and when it was written."""

    key: str
    written_at: datetime


class ObjectStore:
    """One folder, or one bucket with a prefix, by its URL: `file://`, `s3://`, `gs://` or `az://`."""

    def __init__(self, url: str) -> None:
        parts, options = urlsplit(url), dict[str, Any]()
        self._folder = Path(unquote(parts.path)) if parts.scheme == FILE_SCHEME else None
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
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

    async def content(self, key: str) -> bytes:
        """The file as it is now, changed or not. Raises `MissingFile` or `StorageUnavailable`."""
        return b"".join([portion async for portion in self._portions(key)])

    async def digest(self, key: str) -> str:
        """The SHA-256 of a file as it is now, read in portions. Raises `MissingFile` or `StorageUnavailable`."""
        hasher = sha256()
        async for portion in self._portions(key):
            hasher.update(portion)
        return hasher.hexdigest()

    async def _portions(self, key: str) -> AsyncIterator[bytes]:
        try:
            async for portion in await self.open_stream(key):
                yield portion
        except (FileNotFoundError, NotFoundError):
            await self._require_answer()
            raise MissingFile(key) from None
        except (BaseError, OSError) as failure:
            raise StorageUnavailable(str(failure)) from failure

    async def _require_answer(self) -> None:
        """Raise `StorageUnavailable` unless the folder is there or the bucket can be listed."""
        if self._folder is not None:
            if not self._folder.is_dir():
                raise StorageUnavailable(str(self._folder))
            return
        try:
            await obstore.list_with_delimiter_async(self._store)
        except (BaseError, OSError) as failure:
            raise StorageUnavailable(str(failure)) from failure

    async def write_piece(self, key: str, content: bytes) -> None:
        """Write an object that fits into memory; its key has one writer only. Raises `StorageUnavailable`."""
        try:
            await obstore.put_async(self._store, key, content, use_multipart=False)
        except (BaseError, OSError) as failure:
            raise StorageUnavailable(str(failure)) from failure

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

    async def remove_interrupted(self, prefix: str, before: datetime) -> None:
        """Remove what killed writers have left of unfinished objects in a folder; buckets have rules for it."""
        if self._folder is not None:
            await asyncio.to_thread(_remove_old, self._folder / prefix, before)

    async def delete_below(self, prefix: str) -> None:
        """Remove all objects below a prefix that ends with a slash."""
        async for found in self.list_below(prefix):
            await self.delete([each.key for each in found])


async def _pieces(result: Any) -> AsyncIterator[bytes]:
    async for piece in result.stream(min_chunk_size=READ_BYTES):
        yield bytes(piece)


def _remove_old(folder: Path, before: datetime) -> None:
    for path in folder.rglob(INTERRUPTED):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()


@cache
def object_store(url: str) -> ObjectStore:
    """The storage at a URL, one for each process."""
    return ObjectStore(url)
