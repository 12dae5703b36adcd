"""The object storage: files are created once and never replaced; what is read is what was written."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError

FILE_SCHEME = "file"


class DamagedFile(Exception):
    """A file is not what was written: its hash is another one."""


class ObjectStore:
    """One folder, or one bucket with a prefix, by its URL: `file://`, `s3://`, `gs://` or `az://`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == FILE_SCHEME:
            Path(unquote(parts.path)).mkdir(parents=True, exist_ok=True)
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


@cache
def object_store(url: str) -> ObjectStore:
    """The storage at a URL, one for each process."""
    return ObjectStore(url)
