"""Documents that clients name by an id: trusted ones, and automatic persisted queries (APQ)."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.graphql_request import BadRequest
from api.graphql.text_cache import TextCache
from domain.trusted_documents.store import document_hash, find_trusted_document
from settings import Settings

HASH_PREFIX = "sha256:"
PROTOCOL_VERSION = 1
MAX_CACHED_BYTES = 8 * 1024 * 1024
# A larger document runs, but must be sent each time.
MAX_REGISTERED_BYTES = 64 * 1024
# So long a document that was removed may still be answered.
TRUSTED_CACHE_SECONDS = 60.0
FindDocument = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True)
class _PersistedQuery:
    """`extensions.persistedQuery` of a request."""

    version: Any
    sha256: str


class PersistedDocuments:
    """Fills in the text of documents that a request only names.

    Trusted documents are rows that all processes share. Automatic ones are kept in the memory of each process, which
    the protocol allows: a client whose document is not found sends its text again.
    """

    def __init__(self, settings: Settings, find: FindDocument = find_trusted_document) -> None:
        self.only_trusted = settings.trusted_documents_only
        self.registers = settings.automatic_persisted_queries and not self.only_trusted
        self._find = find
        self._trusted, self._automatic = TextCache(MAX_CACHED_BYTES), TextCache(MAX_CACHED_BYTES)
        self._clear_at = 0.0

    async def complete(self, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """The content of a request with its `query`, where it names one. Raises `BadRequest`."""
        if not self.only_trusted and not names_document(content):
            return content
        query = content.get("query")
        if document_id := content.get("documentId"):
            query = await self._named(document_id)
        elif persisted := _persisted_query(content):
            query = await self._persisted(persisted, query if isinstance(query, str) else None)
        if self.only_trusted and isinstance(query, str) and await self._trusted_text(document_hash(query)) is None:
            raise BadRequest(422, "DOCUMENT_NOT_TRUSTED", "document_not_trusted")
        return {**content, "query": query}

    async def _named(self, document_id: object) -> str:
        if not isinstance(document_id, str):
            raise BadRequest(422, "BAD_REQUEST", "document_id_not_text")
        name = document_id.removeprefix(HASH_PREFIX)
        text = await self._trusted_text(name) or (self._automatic.get(name) if self.registers else None)
        if text is None:
            raise BadRequest(422, "PERSISTED_DOCUMENT_NOT_FOUND", "persisted_document_not_found", json_status=200)
        return text

    async def _persisted(self, persisted: _PersistedQuery, query: str | None) -> str:
        if query is None:
            return await self._registered(persisted)
        if persisted.version != PROTOCOL_VERSION:
            return query
        if document_hash(query) != persisted.sha256:
            raise BadRequest(400, "PERSISTED_QUERY_HASH_MISMATCH", "persisted_query_hash_mismatch")
        if self.registers and len(query.encode(errors="replace")) <= MAX_REGISTERED_BYTES:
            self._automatic.put(persisted.sha256, query)
        return query

    async def _registered(self, persisted: _PersistedQuery) -> str:
        if persisted.version == PROTOCOL_VERSION:
            text = await self._trusted_text(persisted.sha256) or self._automatic.get(persisted.sha256)
            if text is not None:
                return text
            if self.registers:
                raise BadRequest(422, "PERSISTED_QUERY_NOT_FOUND", "persisted_query_not_found", json_status=200)
        raise BadRequest(422, "PERSISTED_QUERY_NOT_SUPPORTED", "persisted_query_not_supported", json_status=200)

    async def _trusted_text(self, document_id: str) -> str | None:
        if time.monotonic() > self._clear_at:
            self._trusted.clear()
            self._clear_at = time.monotonic() + TRUSTED_CACHE_SECONDS
        text = self._trusted.get(document_id)
        if text is None and (text := await self._find(document_id)) is not None:
            self._trusted.put(document_id, text)
        return text


def names_document(content: Mapping[str, Any]) -> bool:
    """Whether a request may name its document instead of sending it."""
    extensions = content.get("extensions")
    return bool(content.get("documentId")) or (isinstance(extensions, dict) and "persistedQuery" in extensions)


def _persisted_query(content: Mapping[str, Any]) -> _PersistedQuery | None:
    extensions = content.get("extensions")
    given = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("sha256Hash"), str):
        raise BadRequest(422, "BAD_REQUEST", "persisted_query_malformed")
    return _PersistedQuery(given.get("version"), given["sha256Hash"].lower())
