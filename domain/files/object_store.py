"""The object storage: files are created once and never replaced; what is read is what was written."""

from collections.abc import AsyncIterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError

FILE_SCHEME = "file"
PORTION = 1024 * 1024


class DamagedFile(Exception):
    """A file is not what was written: its hash is another one."""


class MissingFile(Exception):
    """The storage answers, and the file is not there."""


class StorageAway(Exception):
    """The storage does not answer, so that nothing can be said of its files."""


class ObjectStore:
    """One folder, or one bucket with a prefix, by its URL: `file://`, `s3://`, `gs://` or `az://`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(unquote(parts.path)) if parts.scheme == FILE_SCHEME else None
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._store = obstore.store.from_url(url)

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
        """The file as it is now, changed or not. Raises `MissingFile` or `StorageAway`."""
        return b"".join([portion async for portion in self._portions(key)])

    async def digest(self, key: str) -> str:
        """The SHA-256 of a file as it is now, read in portions. Raises `MissingFile` or `StorageAway`."""
        hasher = sha256()
        async for portion in self._portions(key):
            hasher.update(portion)
        return hasher.hexdigest()

    async def _portions(self, key: str) -> AsyncIterator[bytes]:
        try:
            result = await obstore.get_async(self._store, key)
            async for portion in result.stream(min_chunk_size=PORTION):
                yield bytes(portion)
        except (FileNotFoundError, NotFoundError):
            await self._require_answer()
            raise MissingFile(key) from None
        except (BaseError, OSError) as failure:
            raise StorageAway(str(failure)) from failure

    async def _require_answer(self) -> None:
        """Raise `StorageAway` unless the folder is there or the bucket can be listed."""
        if self._folder is not None:
            if not self._folder.is_dir():
                raise StorageAway(str(self._folder))
            return
        try:
            await obstore.list_with_delimiter_async(self._store)
        except (BaseError, OSError) as failure:
            raise StorageAway(str(failure)) from failure


@cache
def object_store(url: str) -> ObjectStore:
    """The storage at a URL, one for each process."""
    return ObjectStore(url)
