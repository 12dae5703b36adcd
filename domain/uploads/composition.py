"""Putting files together: the parts of a complete upload become one object, hashed on the way, in constant memory.

Any number of processes may do so. Each file is claimed for a while, and the claim is renewed while bytes flow. When a
process dies, another one repeats the work: the object is written as a whole or not at all.
"""

import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from tortoise import connections

import settings
from domain.engine.commands import Command
from domain.engine.commands import execute as execute_command
from domain.engine.registry import Registry
from domain.files.object_store import ObjectStore
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused
from domain.uploads.inputs import StoredContent
from domain.uploads.keys import file_key, part_key
from domain.uploads.media_types import HEAD_BYTES, media_type_of

CLAIM_SECONDS, RENEW_SECONDS = 60, 10.0
MAX_ERROR_LENGTH = 2_000
CLAIMED = f"clock_timestamp() + interval '{CLAIM_SECONDS} seconds'"
CLAIM = f"""UPDATE files SET attempts = attempts + 1, fence = fence + 1, next_attempt_at = {CLAIMED}
    WHERE id = (SELECT id FROM files WHERE state = 'UPLOADING' AND next_attempt_at <= clock_timestamp()
        AND size BETWEEN $1 AND $2 ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, size, fence"""
RENEW = f"""UPDATE files SET next_attempt_at = {CLAIMED} WHERE id = $1 AND fence = $2 AND state = 'UPLOADING'
    RETURNING id"""
POSTPONE = """UPDATE files SET last_error = $3, next_attempt_at = clock_timestamp()
        + least(interval '2 seconds' * power(2, least(attempts, 20)), interval '10 minutes')
    WHERE id = $1 AND fence = $2 AND state = 'UPLOADING'"""
SELECT_PARTS = "SELECT start, size, fence FROM file_parts WHERE file_id = $1 ORDER BY start"
SMALL_BYTES = 128 * 1024 * 1024

log = structlog.get_logger()


class ClaimLost(Exception):
    """Another process puts the file together, or it was removed."""


class IncompleteParts(Exception):
    """The parts of a file are not its bytes without gap or overlap."""


@dataclass(frozen=True, kw_only=True)
class ClaimedFile:
    """A complete upload that is ours to put together."""

    id: UUID
    size: int
    fence: int


async def compose_waiting(
    registry: Registry, store: ObjectStore, least: int, most: int, limit: int | None = None
) -> int:
    """Put together what waits and has `least` to `most` bytes, the longest waiting first; return how many files."""
    done = 0
    while limit is None or done < limit:
        rows = await connections.get("default").execute_query_dict(CLAIM, [least, most])
        if not rows:
            break
        done += await _compose_or_put_off(registry, store, ClaimedFile(**rows[0]))
    return done


async def _compose_or_put_off(registry: Registry, store: ObjectStore, file: ClaimedFile) -> bool:
    try:
        content = await compose(store, file)
        move = "holdForCheck" if settings.load().clamd_url else "finish"
        await execute_command(registry, Command(noun="upload", move=move, subject_id=file.id, input=content), CLOCK)
    except (ClaimLost, Refused):
        log.info("a file was removed or is put together elsewhere", file=str(file.id))
        return False
    except Exception as failure:
        log.exception("a file could not be put together", file=str(file.id))
        values = [file.id, file.fence, repr(failure)[:MAX_ERROR_LENGTH]]
        await connections.get("default").execute_query(POSTPONE, values)
        return False
    return True


async def compose(store: ObjectStore, file: ClaimedFile) -> StoredContent:
    """Write the file's one object and return what its bytes show. Raises `ClaimLost` and `IncompleteParts`."""
    parts = await connections.get("default").execute_query_dict(SELECT_PARTS, [file.id])
    _require_whole(file, parts)
    composing = _Composing(store, file)
    await store.write_stream(file_key(file.id), composing.pieces([(row["start"], row["fence"]) for row in parts]))
    if composing.written != file.size:
        raise IncompleteParts(f"{composing.written} bytes instead of {file.size}")
    return StoredContent(sha256=composing.digest.hexdigest(), media_type=media_type_of(bytes(composing.head)))


def _require_whole(file: ClaimedFile, parts: Sequence[dict[str, int]]) -> None:
    expected = 0
    for part in parts:
        if part["start"] != expected:
            raise IncompleteParts(f"no part begins at {expected}")
        expected += part["size"]
    if expected != file.size:
        raise IncompleteParts(f"the parts end at {expected} instead of {file.size}")


@dataclass
class _Composing:
    """The bytes of the parts on their way into one object, with what they show."""

    store: ObjectStore
    file: ClaimedFile
    written: int = 0
    head: bytearray = field(default_factory=bytearray)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    async def pieces(self, parts: Sequence[tuple[int, int]]) -> AsyncIterator[bytes]:
        renewed_at = time.monotonic()
        for start, fence in parts:
            async for piece in await self.store.open_stream(part_key(self.file.id, start, fence)):
                self.written += len(piece)
                self.digest.update(piece)
                self.head += piece[: max(0, HEAD_BYTES - len(self.head))]
                yield piece
            if time.monotonic() - renewed_at >= RENEW_SECONDS:
                await self._renew()
                renewed_at = time.monotonic()

    async def _renew(self) -> None:
        values = [self.file.id, self.file.fence]
        if not await connections.get("default").execute_query_dict(RENEW, values):
            raise ClaimLost
