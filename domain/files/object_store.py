"""The object storage: files are created once and never replaced; what is read is what was written."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
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
# A bucket that is away is reported within seconds; what waits for it is tried again later, or by its client.
BUCKET_OPTIONS: dict[str, Any] = {"retry_config": {"max_retries": 3, "retry_timeout": timedelta(seconds=15)}}
# An unfinished object has a name that no key has.
INTERRUPTED = "*#*"
# An object is read in pieces of this size, each by a request of its own: a slow reader keeps none open.
READ_BYTES = 2 * 1024 * 1024
# An object is written in pieces of this size, at most so many at once: this bounds the memory.
WRITE_BYTES, WRITES_AT_ONCE = 8 * 1024 * 1024, 2


class DamagedFile(Exception):
    """A file is not what was written: its hash is another one."""


class MissingFile(Exception):
    """The storage answers, and the file is not there."""


class StorageUnavailable(ConnectionError):
    """The storage is away, full, or refuses us: it takes nothing, and nothing can be said of its files."""


@dataclass(frozen=True)
class StoredObject:
    """The key of an object, and when it was written."""

    key: str
    written_at: datetime


class ObjectStore:
    """One folder, or one bucket with a prefix, by its URL: `file://`, `s3://`, `gs://` or `az://`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == FILE_SCHEME else None
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._store = obstore.store.from_url(url, **(LOCAL_OPTIONS if self._folder else BUCKET_OPTIONS))

    async def create(self, key: str, content: bytes) -> None:
        """Write a new file. Keys name their contents' hash, so that an existing one is the same file."""
        try:
            with _faults_named():
                await obstore.put_async(self._store, key, content, mode="create")
        except FileExistsError:
            await self.read(key, sha256(content).hexdigest())

    async def read(self, key: str, expected_sha256: str) -> bytes:
        """The file as it was written. Raises `DamagedFile` when its hash differs, and `FileNotFoundError`."""
        with _faults_named():
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
        except FileNotFoundError:
            await self._require_answer()
            raise MissingFile(key) from None

    async def _require_answer(self) -> None:
        """Raise `StorageUnavailable` unless the folder is there or the bucket can be listed."""
        if self._folder is not None:
            if not self._folder.is_dir():
                raise StorageUnavailable(str(self._folder))
            return
        with _faults_named():
            await obstore.list_with_delimiter_async(self._store)

    async def write_piece(self, key: str, content: bytes) -> None:
        """Write an object that fits into memory; its key has one writer only. Raises `StorageUnavailable`."""
        with _faults_named():
            await obstore.put_async(self._store, key, content, use_multipart=False)

    async def write_stream(self, key: str, pieces: AsyncIterator[bytes]) -> None:
        """Write an object of any size, which is there as a whole or not at all. Raises `StorageUnavailable`."""
        with _faults_named():
            await obstore.put_async(self._store, key, pieces, chunk_size=WRITE_BYTES, max_concurrency=WRITES_AT_ONCE)

    async def open_stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes of an object from `start` to before `end`, in pieces.

        Raises `FileNotFoundError` at once, and `StorageUnavailable` at any time.
        """
        first, size = await self._piece(key, start, READ_BYTES if end is None else min(READ_BYTES, end - start))
        return self._pieces(key, first, start, size if end is None else end)

    async def _pieces(self, key: str, first: bytes, start: int, end: int) -> AsyncIterator[bytes]:
        yield first
        position = start + len(first)
        while position < end:
            piece, _ = await self._piece(key, position, min(READ_BYTES, end - position))
            if not piece:
                raise StorageUnavailable(f"{key} ends at {position}, before {end}")
            yield piece
            position += len(piece)

    async def _piece(self, key: str, start: int, length: int) -> tuple[bytes, int]:
        """So many bytes of an object, or what there is of them, and how many it has altogether."""
        with _faults_named():
            result = await obstore.get_async(self._store, key, options={"range": (start, start + length)})
            return bytes(await result.bytes_async()), result.meta["size"]

    async def list_below(self, prefix: str) -> AsyncIterator[Sequence[StoredObject]]:
        """All objects below a prefix that ends with a slash, many at a time."""
        async for found in obstore.list(self._store, prefix, chunk_size=500):
            yield [StoredObject(each["path"], each["last_modified"]) for each in found]

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is gone already is no error. Raises `StorageUnavailable`."""
        for key in keys:
            with suppress(FileNotFoundError), _faults_named():
                await obstore.delete_async(self._store, key)

    async def remove_interrupted(self, prefix: str, before: datetime) -> None:
        """Remove what killed writers have left of unfinished objects in a folder; buckets have rules for it."""
        if self._folder is not None:
            await asyncio.to_thread(_remove_old, self._folder / prefix, before)

    async def delete_below(self, prefix: str) -> None:
        """Remove all objects below a prefix that ends with a slash."""
        async for found in self.list_below(prefix):
            await self.delete([each.key for each in found])


@contextmanager
def _faults_named() -> Iterator[None]:
    """Raise `FileNotFoundError`, `FileExistsError`, and `StorageUnavailable` for all other faults of the storage."""
    try:
        yield
    except (FileNotFoundError, NotFoundError) as missing:
        raise FileNotFoundError(str(missing)) from missing
    except AlreadyExistsError as existing:
        raise FileExistsError(str(existing)) from existing
    except (BaseError, OSError) as failure:
        raise StorageUnavailable(str(failure)) from failure


def _remove_old(folder: Path, before: datetime) -> None:
    for path in folder.rglob(INTERRUPTED):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()


@cache
def object_store(url: str) -> ObjectStore:
    """The storage at a URL, one for each process."""
    return ObjectStore(url)
