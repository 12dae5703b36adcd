"""The lease of an upload: one writer at a time, known by its fence, and no row that is locked while bytes arrive.

A writer renews its lease while bytes arrive. When none do, the lease can be taken from it: by a request for the offset
after `STALLED_SECONDS`, by another writer after `LEASE_SECONDS`. A writer whose fence is an earlier one stores nothing
more. Leases are kept in real time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tortoise import connections

from domain.database.pools import read_sessions
from domain.files.owners import IS_OWNED, owner_of
from domain.kernel.actors import Actor
from domain.uploads.model import FileState
from domain.uploads.scope import FILES_SCOPE

LEASE_SECONDS, STALLED_SECONDS = 10, 3
# An upload that arrives in more pieces than this comes from no client that means well.
MAX_PARTS = 20_000
HELD = f"clock_timestamp() + interval '{LEASE_SECONDS} seconds'"
IS_OURS = "id = $1 AND fence = $2 AND state = 'UPLOADING'"
FIND = f"""SELECT t.id, t.name, t.size, t.received, t.state, t.parts FROM files t
    WHERE t.id = $1 AND {IS_OWNED.format(t="t", owner="$2")} AND ({{scope}})"""
PREEMPT = f"""UPDATE files SET fence = fence + 1, leased_until = NULL WHERE id = $1 AND state = 'UPLOADING'
    AND leased_until < clock_timestamp() + interval '{LEASE_SECONDS - STALLED_SECONDS} seconds'"""
TAKE = f"""UPDATE files SET fence = fence + 1, leased_until = {HELD} WHERE id = $1 AND received = $2
    AND state = 'UPLOADING' AND parts < {MAX_PARTS} AND coalesce(leased_until, '-infinity') < clock_timestamp()
    RETURNING fence"""
RENEW = f"UPDATE files SET leased_until = {HELD} WHERE {IS_OURS} RETURNING id"
GIVE_BACK = f"UPDATE files SET leased_until = NULL WHERE {IS_OURS}"
# The deadline follows the last byte. A complete file waits to be put together, in the same statement.
STORE = f"""WITH moved AS (
    UPDATE files SET received = received + $4, parts = parts + cardinality($5::bigint[]), leased_until = {HELD},
        last_byte_at = (SELECT app_now()),
        next_attempt_at = CASE WHEN received + $4 = size THEN clock_timestamp() END
    WHERE {IS_OURS} AND received = $3 RETURNING id, received, last_byte_at + interval '24 hours' AS expires_at),
written AS (INSERT INTO file_parts (id, file_id, start, size, fence)
    SELECT uuidv7(), m.id, p.start, p.size, $2 FROM moved m, unnest($5::bigint[], $6::int[]) AS p (start, size)),
anchored AS (UPDATE deadlines d SET anchor_at = m.expires_at, due_at = m.expires_at, next_attempt_at = m.expires_at
    FROM moved m WHERE d.subject_id = m.id AND d.kind = 'upload.expire' AND d.state = 'PENDING')
SELECT received FROM moved"""


class Hindrance(StrEnum):
    """Why an upload takes no bytes now."""

    WRONG_OFFSET = "WRONG_OFFSET"
    BUSY = "BUSY"
    TOO_MANY_PARTS = "TOO_MANY_PARTS"


class LeaseLost(Exception):
    """Another writer has the upload, or it is gone."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An upload as its owner sees it."""

    id: UUID
    name: str
    size: int
    received: int
    state: FileState
    parts: int

    @property
    def is_complete(self) -> bool:
        return self.received == self.size


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to write to an upload, until another fence is given out."""

    file_id: UUID
    fence: int


@dataclass(frozen=True)
class Part:
    """Bytes that are stored and not yet counted."""

    start: int
    size: int


async def find_upload(actor: Actor, file_id: UUID) -> Upload | None:
    """A file that the actor uploads or has uploaded; None for those of others and for what does not exist."""
    scope, values = FILES_SCOPE.bound_predicate(actor, "t", first=3)
    row = await read_sessions().fetchrow(FIND.format(scope=scope), file_id, owner_of(actor), *values)
    if row is None:
        return None
    return Upload(**{**row, "state": FileState(row["state"])})


async def preempt_stalled(file_id: UUID) -> None:
    """Take the lease from a writer to whom no byte has come for a while."""
    await connections.get("default").execute_query(PREEMPT, [file_id])


async def take(upload: Upload, offset: int) -> Lease | Hindrance:
    """The lease of an upload at this offset, or what is in its way."""
    rows = await connections.get("default").execute_query_dict(TAKE, [upload.id, offset])
    if rows:
        return Lease(file_id=upload.id, fence=rows[0]["fence"])
    if upload.received != offset:
        return Hindrance.WRONG_OFFSET
    return Hindrance.TOO_MANY_PARTS if upload.parts >= MAX_PARTS else Hindrance.BUSY


async def renew(lease: Lease) -> None:
    """Hold the lease for longer. Raises `LeaseLost`."""
    if not await connections.get("default").execute_query_dict(RENEW, [lease.file_id, lease.fence]):
        raise LeaseLost


async def give_back(lease: Lease) -> None:
    """Let the next writer begin at once."""
    await connections.get("default").execute_query(GIVE_BACK, [lease.file_id, lease.fence])


async def count(lease: Lease, parts: Sequence[Part]) -> int:
    """Count parts that are stored, one after the other; return the new offset. Raises `LeaseLost`."""
    starts, sizes = [part.start for part in parts], [part.size for part in parts]
    values = [lease.file_id, lease.fence, starts[0], sum(sizes), starts, sizes]
    rows = await connections.get("default").execute_query_dict(STORE, values)
    if not rows:
        raise LeaseLost
    received: int = rows[0]["received"]
    return received
