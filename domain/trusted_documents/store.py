"""Reading and registering of trusted documents. An id never changes its text."""

import hashlib
import re
from collections.abc import Mapping

from tortoise.transactions import in_transaction

from domain.database.pools import read_sessions

DOCUMENT_ID = re.compile(r"[A-Za-z0-9._~:-]{1,128}")
FIND = "SELECT text FROM trusted_documents WHERE id = $1"
CONFLICTS = """
SELECT d.id FROM trusted_documents d JOIN unnest($1::text[], $2::text[]) AS g (id, text) ON g.id = d.id
WHERE g.text <> d.text ORDER BY d.id"""
REGISTER = """
INSERT INTO trusted_documents (id, text, registered_at)
SELECT g.id, g.text, app_now() FROM unnest($1::text[], $2::text[]) AS g (id, text)
ON CONFLICT (id) DO NOTHING"""
REMOVE_OTHERS = "DELETE FROM trusted_documents WHERE id <> ALL ($1::text[])"


class DocumentConflict(Exception):
    """An id is registered with another text; the argument names the first such id."""


def document_hash(text: str) -> str:
    """The SHA-256 of a document in hexadecimal, by which clients name it."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


async def find_trusted_document(document_id: str) -> str | None:
    """The text of a trusted document, or None."""
    row = await read_sessions().fetchrow(FIND, document_id) if DOCUMENT_ID.fullmatch(document_id) else None
    return None if row is None else str(row["text"])


async def register_trusted_documents(documents: Mapping[str, str], *, replace: bool) -> None:
    """Register documents by the ids of a manifest and by their hashes, all or none; `replace` removes all others.

    Raises `DocumentConflict`.
    """
    texts = {**documents, **{document_hash(text): text for text in documents.values()}}
    ids = list(texts)
    async with in_transaction() as connection:
        conflicts = await connection.execute_query_dict(CONFLICTS, [ids, list(texts.values())])
        if conflicts:
            raise DocumentConflict(str(conflicts[0]["id"]))
        await connection.execute_query(REGISTER, [ids, list(texts.values())])
        if replace:
            await connection.execute_query(REMOVE_OTHERS, [ids])
