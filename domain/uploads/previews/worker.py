"""The work on previews: each is claimed for a while, drawn and stored; any number of processes may work."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from tortoise import connections

from domain.files.object_store import ObjectStore
from domain.uploads.keys import file_key, preview_key
from domain.uploads.previews.drawing import Undrawable, draw

MAX_ATTEMPTS = 5
CLAIM = """UPDATE file_previews SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + interval '3 minutes'
    WHERE id = (SELECT p.id FROM file_previews p WHERE p.state = 'WAITING' AND p.next_attempt_at <= clock_timestamp()
        ORDER BY p.next_attempt_at, p.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING file_id, attempts, (SELECT f.media_type FROM files f WHERE f.id = file_id) AS media_type"""
END = "UPDATE file_previews SET state = $2, last_error = $3 WHERE file_id = $1 AND state = 'WAITING'"
POSTPONE = """UPDATE file_previews SET last_error = $2, state = CASE WHEN attempts < $3 THEN state ELSE 'FAILED' END,
        next_attempt_at = clock_timestamp() + interval '10 seconds' * power(4, attempts)
    WHERE file_id = $1 AND state = 'WAITING'"""

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class ClaimedPreview:
    """A file whose preview is ours to draw."""

    file_id: UUID
    attempts: int
    media_type: str


async def draw_waiting_previews(store: ObjectStore) -> int:
    """Draw what waits, the longest waiting first; return how many previews were made."""
    done = 0
    while rows := await connections.get("default").execute_query_dict(CLAIM):
        done += await _draw_or_put_off(store, ClaimedPreview(**rows[0]))
    return done


async def _draw_or_put_off(store: ObjectStore, claimed: ClaimedPreview) -> bool:
    connection, file_id = connections.get("default"), claimed.file_id
    try:
        image = await draw(await store.open_stream(file_key(file_id)), claimed.media_type)
        await store.write_piece(preview_key(file_id), image)
    except Undrawable as failure:
        log.info("a file has no preview", file=str(file_id), why=str(failure))
        await connection.execute_query(END, [file_id, "FAILED", str(failure)])
        return False
    except Exception as failure:
        log.exception("a preview could not be made", file=str(file_id))
        await connection.execute_query(POSTPONE, [file_id, repr(failure)[:2_000], MAX_ATTEMPTS])
        return False
    await connection.execute_query(END, [file_id, "MADE", None])
    return True
