"""Idempotency: a command sent twice under one key takes effect once."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.pending_writes import PendingWrites, WriteStatement
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refusal, Refused
from domain.kernel.ids import new_id

CLAIM = """
INSERT INTO idempotency_records (id, actor, key, fingerprint, created_at)
VALUES ($1, $2, $3, $4, clock_timestamp()) ON CONFLICT (actor, key) DO NOTHING RETURNING id"""
SELECT_CLAIMED = "SELECT fingerprint, subject_id FROM idempotency_records WHERE actor = $1 AND key = $2"
OUTCOMES = WriteStatement(
    name="outcomes",
    columns="actor text, key text, subject_id uuid",
    statement="""UPDATE idempotency_records known SET subject_id = new.subject_id FROM {rows} AS new
        WHERE known.actor = new.actor AND known.key = new.key""",
)


@dataclass(frozen=True)
class EarlierOutcome:
    """The outcome of an earlier command with the same key."""

    subject_id: UUID


def fingerprint(*parts: object) -> str:
    """A digest of a request; equal for equal arguments only."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


async def claim(
    connection: BaseDBAsyncClient, actor: Actor, key: str, request_fingerprint: str
) -> EarlierOutcome | None:
    """Claim a key in the effect's own transaction, or return the outcome it had before.

    A second caller waits here until the first has committed. Raises `Refused` for a key of another request.
    """
    if await connection.execute_query_dict(CLAIM, [new_id(), actor.key, key, request_fingerprint]):
        return None
    (earlier,) = await connection.execute_query_dict(SELECT_CLAIMED, [actor.key, key])
    if earlier["fingerprint"] != request_fingerprint:
        raise Refused(Refusal(Code.IDEMPOTENCY_CONFLICT, "key_used_for_something_else", path=("idempotencyKey",)))
    return EarlierOutcome(earlier["subject_id"])


def store(writes: PendingWrites, actor: Actor, key: str, subject_id: UUID) -> None:
    """Store the outcome with the next flush: an id, whose row a replay reads afresh."""
    writes.add(OUTCOMES, {"actor": actor.key, "key": key, "subject_id": subject_id})
