"""Claiming messages of the outbox: each is leased, then sent, dropped, postponed or marked as failed.

A message is mailed alone, or with others of its reader, in a digest or as the mail of a bulk operation: then all of
them share one mail and its outcome.
Nothing is locked while a mail server answers. A claim is a lease (`domain/database/leases.py`); when the process that
holds it dies, another one sends the message again under the same message id. All times here are real ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.leases import RENEWED, Lease
from domain.database.pending_writes import writing
from domain.kernel.actors import Role
from domain.kernel.ids import new_id
from domain.outbox.alarms import Subject, raise_message_alarm

TABLE = "outbox"
# Five days of half-hourly attempts: a mail server may be away for a long weekend.
MAX_ATTEMPTS = 240
MAX_ERROR_LENGTH = 500
WAITS_FOR_DOCUMENTS = "its documents are not stored yet"

# One operation tells a contact of all its client statuses in one mail: see `operation_mails`.
OF_OPERATION = "(operation_id IS NOT NULL AND subject_kind = 'clientStatus' AND contact_id IS NOT NULL)"
CLAIMED = f"""UPDATE outbox SET attempts = attempts + 1, claim_id = $1, next_attempt_at = {RENEWED}
    WHERE id IN (SELECT id FROM outbox
                 WHERE state = 'PENDING' AND digest_at IS NULL AND next_attempt_at <= clock_timestamp()
                     AND NOT {OF_OPERATION} {{which}}
                 ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING {{columns}}"""
COLUMNS = """id, name, recipient_role, account_id, contact_id, customer_id, subject_kind, subject_id,
              order_id, event_id, link_id, attempts, created_at, claim_id"""
CLAIM = CLAIMED.format(which="", columns=COLUMNS)
CLAIM_ONE = CLAIMED.format(which="AND id = $3", columns=COLUMNS)
SENT = "UPDATE outbox SET state = 'SENT', sent_at = app_now(), last_error = NULL WHERE id = ANY($1::uuid[])"
IS_OURS = "id = ANY($1::uuid[]) AND claim_id = $2 AND state = 'PENDING'"
DROPPED = f"UPDATE outbox SET state = 'DROPPED', last_error = $3 WHERE {IS_OURS}"
UNWANTED = f"UPDATE outbox SET state = 'UNWANTED', last_error = NULL WHERE {IS_OURS}"
FAILED = f"UPDATE outbox SET state = 'FAILED', last_error = $3 WHERE {IS_OURS} RETURNING id"
STOPPED = """UPDATE outbox SET state = 'DROPPED', last_error = $4
    WHERE subject_kind = $1 AND subject_id = $2 AND name = ANY($3::text[]) AND state IN ('PENDING', 'FAILED')
    RETURNING id"""
DUE_NOW = """UPDATE outbox SET next_attempt_at = clock_timestamp(), attempts = 0
    WHERE subject_kind = $1 AND subject_id = $2 AND state = 'PENDING' AND last_error = $3"""
POSTPONE = f"""UPDATE outbox SET last_error = $3, next_attempt_at = clock_timestamp()
    + least(interval '5 seconds' * power(2, least(attempts, 20)), interval '30 minutes') WHERE {IS_OURS}"""


@dataclass(frozen=True, kw_only=True)
class ClaimedMessage:
    """A message that is ours to send during the lease; exactly one of the three reader ids is set."""

    id: UUID
    name: str
    recipient_role: Role
    account_id: UUID | None
    contact_id: UUID | None
    customer_id: UUID | None
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    event_id: UUID | None
    link_id: UUID | None
    attempts: int
    created_at: datetime
    claim_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageBatch:
    """One mail: a single message under its own name, or several messages of one reader: a digest, or an operation's.

    The first message, which has the smallest id, represents all: they share reader, subject kind and attempts.
    """

    name: str
    messages: tuple[ClaimedMessage, ...]

    @property
    def first(self) -> ClaimedMessage:
        return self.messages[0]

    @property
    def ids(self) -> list[UUID]:
        return [message.id for message in self.messages]

    @property
    def lease(self) -> Lease:
        return Lease(table=TABLE, claim_id=self.first.claim_id, row_ids=tuple(self.ids))

    @property
    def is_last_attempt(self) -> bool:
        return self.first.attempts >= MAX_ATTEMPTS


def single(message: ClaimedMessage) -> MessageBatch:
    """A batch of one message."""
    return MessageBatch(name=message.name, messages=(message,))


async def claim_messages(limit: int) -> Sequence[ClaimedMessage]:
    """Claim waiting messages, the longest waiting first."""
    return [
        claimed_message(row) for row in await connections.get("default").execute_query_dict(CLAIM, [new_id(), limit])
    ]


async def claim_message(message_id: UUID) -> ClaimedMessage | None:
    """Claim one message; nothing when it does not wait, shares its mail, or another process is sending it."""
    rows = await connections.get("default").execute_query_dict(CLAIM_ONE, [new_id(), 1, message_id])
    return claimed_message(rows[0]) if rows else None


async def send_at_once(connection: BaseDBAsyncClient, subject_kind: str, subject_id: UUID) -> None:
    """Make the waiting messages about a subject that waited for its documents due now."""
    await connection.execute_query(DUE_NOW, [subject_kind, subject_id, WAITS_FOR_DOCUMENTS])


async def stop_messages(
    connection: BaseDBAsyncClient, subject_kind: str, subject_id: UUID, names: Iterable[str], why: str
) -> int:
    """Drop the unsent messages of these names about a subject, and return how many; one being sent just now may arrive.

    Runs in the caller's transaction.
    """
    return len(await connection.execute_query_dict(STOPPED, [subject_kind, subject_id, [*names], why]))


async def mark_sent(batch: MessageBatch) -> None:
    """Record that the mail server has accepted the mail, which is so even if the lease was lost meanwhile."""
    await connections.get("default").execute_query(SENT, [batch.ids])


async def drop(batch: MessageBatch, why: str) -> None:
    """Record that the mail is never sent: its reader may not see its subject, or cannot be reached."""
    await connections.get("default").execute_query(DROPPED, [batch.ids, batch.first.claim_id, why])


async def mark_unwanted(batch: MessageBatch) -> None:
    """Record that the mail is not sent because its reader chose so; it stays among their notifications."""
    await connections.get("default").execute_query(UNWANTED, [batch.ids, batch.first.claim_id])


async def postpone(batch: MessageBatch, why: str) -> None:
    """Try again later, after a pause that grows with the attempts."""
    await connections.get("default").execute_query(POSTPONE, [batch.ids, batch.first.claim_id, why[:MAX_ERROR_LENGTH]])


async def mark_failed(batch: MessageBatch, why: str) -> None:
    """Give up. Administrators and the caretakers of the subject are told once, except about alarms themselves."""
    message = batch.first
    async with writing() as writes:
        rows = await writes.connection.execute_query_dict(FAILED, [batch.ids, message.claim_id, why[:MAX_ERROR_LENGTH]])
        if rows:
            subject = Subject(kind=message.subject_kind, id=message.subject_id, order_id=message.order_id)
            raise_message_alarm(writes, message.name, message.recipient_role, subject)


def claimed_message(row: Mapping[str, Any]) -> ClaimedMessage:
    """A row of the outbox that was just claimed."""
    values = {item.name: row[item.name] for item in fields(ClaimedMessage)}
    return ClaimedMessage(**values | {"recipient_role": Role(row["recipient_role"])})
