"""The archive of an export with its index: every file is listed with its size and its hash."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.audit_export.tables import ExportTable
from domain.files.zip_stream import ZipStream

INDEX_COLUMNS = ("path", "size", "sha256", "content", "number", "state", "stored_sha256")
INTACT, CHANGED, MISSING = "INTACT", "CHANGED", "MISSING"


class ExportWriter:
    """Gives the bytes of the archive in order; `end` comes last and writes the index."""

    def __init__(self, at: datetime) -> None:
        self._zip, self._index = ZipStream(at), ExportTable(INDEX_COLUMNS)

    def close(self) -> None:
        """Remove the temporary files."""
        self._zip.close()
        self._index.close()

    def document(self, path: str, content: bytes, *, kind: str, number: str, stored_sha256: str) -> Iterator[bytes]:
        """A file from the storage; the index says when it is not the one that was stored."""
        digest = sha256(content).hexdigest()
        state = INTACT if digest == stored_sha256 else CHANGED
        self._list(path, len(content), digest, content=kind, number=number, state=state, stored_sha256=stored_sha256)
        yield from self._zip.file(path, content)

    def missing_document(self, path: str, *, kind: str, number: str, stored_sha256: str) -> None:
        """A file that the storage no longer has; the index alone names it."""
        self._list(path, 0, "", content=kind, number=number, state=MISSING, stored_sha256=stored_sha256)

    async def stream(self, path: str, content: str, portions: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """A file that is made here."""
        hasher, size = sha256(), 0

        async def hashed() -> AsyncIterator[bytes]:
            nonlocal size
            async for portion in portions:
                hasher.update(portion)
                size += len(portion)
                yield portion

        async for packed in self._zip.stream(path, hashed()):
            yield packed
        self._list(path, size, hasher.hexdigest(), content=content)

    async def end(self) -> AsyncIterator[bytes]:
        """The index, which does not list itself, and the end of the archive."""
        for path, portions in (("index.csv", self._index.as_csv()), ("index.json", self._index.as_json())):
            async for packed in self._zip.stream(path, portions):
                yield packed
        for portion in self._zip.end():
            yield portion

    def _list(self, path: str, size: int, digest: str, **about: Any) -> None:
        row = {"number": None, "state": INTACT, "stored_sha256": None, "path": path, "size": size, "sha256": digest}
        self._index.add(row | about)
