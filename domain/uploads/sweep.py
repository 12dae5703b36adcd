"""Removal of bytes that no row needs any more: of removed files, of parts that were put together, and of no file.

The storage is not part of a transaction. Rows say first that bytes are superfluous; here the bytes go, then the rows. A
writer that dies between storing and counting leaves an object that no row knows: the sweep over the storage finds it.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from tortoise import connections

from domain.files.object_store import ObjectStore, StoredObject
from domain.uploads.keys import FILES, PARTS, PREVIEWS, file_id_of, file_key, parts_prefix, preview_key

BATCH = 100
# What is younger may belong to a writer that is about to count it.
SETTLED = timedelta(hours=1)
SELECT_REMOVED = f"SELECT id FROM files WHERE state = 'REMOVED' ORDER BY id LIMIT {BATCH}"
SELECT_COMPOSED = f"""SELECT DISTINCT f.id FROM file_parts p JOIN files f ON f.id = p.file_id
    WHERE f.state IN ('CHECKING', 'FINISHED', 'QUARANTINED') ORDER BY f.id LIMIT {BATCH}"""
DELETE_PARTS = "DELETE FROM file_parts WHERE file_id = $1"
DELETE_PREVIEW = "DELETE FROM file_previews WHERE file_id = $1"
DELETE_FILE = "DELETE FROM files WHERE id = $1 AND state = 'REMOVED'"
SELECT_NEEDED = """SELECT id FROM files WHERE id = ANY($1::uuid[]) AND state = ANY($2::text[])"""
# A file that is being put together may have its object already.
NEEDED_STATES = {
    PARTS: ["UPLOADING"],
    FILES: ["UPLOADING", "CHECKING", "FINISHED", "QUARANTINED"],
    PREVIEWS: ["FINISHED"],
}

log = structlog.get_logger()


async def remove_superfluous(store: ObjectStore) -> int:
    """Remove the bytes and rows of removed files, and the parts of finished ones; return how many files it were."""
    connection, done = connections.get("default"), 0
    for row in await connection.execute_query_dict(SELECT_REMOVED):
        await store.delete_below(parts_prefix(row["id"]))
        await store.delete([file_key(row["id"]), preview_key(row["id"])])
        await connection.execute_query(DELETE_PARTS, [row["id"]])
        await connection.execute_query(DELETE_PREVIEW, [row["id"]])
        await connection.execute_query(DELETE_FILE, [row["id"]])
        done += 1
    for row in await connection.execute_query_dict(SELECT_COMPOSED):
        await store.delete_below(parts_prefix(row["id"]))
        await connection.execute_query(DELETE_PARTS, [row["id"]])
        done += 1
    return done


async def sweep_storage(store: ObjectStore, settled: timedelta = SETTLED) -> int:
    """Remove every object of uploads that has no row to need it and has settled; return how many went."""
    removed, before = 0, datetime.now(UTC) - settled
    for prefix, states in NEEDED_STATES.items():
        async for found in store.list_below(prefix):
            old = [each for each in found if each.written_at <= before]
            orphans = await _orphans(old, states)
            await store.delete(orphans)
            removed += len(orphans)
        await store.remove_interrupted(prefix, before)
    if removed:
        log.warning("objects without a row were removed", count=removed)
    return removed


async def _orphans(found: Sequence[StoredObject], states: Collection[str]) -> Sequence[str]:
    owners: dict[str, UUID | None] = {each.key: file_id_of(each.key) for each in found}
    ids = [owner for owner in owners.values() if owner is not None]
    rows = await connections.get("default").execute_query_dict(SELECT_NEEDED, [ids, list(states)])
    needed = {row["id"] for row in rows}
    return [key for key, owner in owners.items() if owner not in needed]
