"""Claiming messages of the outbox: each is leased, then sent, dropped, postponed or marked as failed.

A message is mailed alone, or with others of its reader, in a digest or as the mail of a bulk operation: then all of
them share one mail and its outcome.
Nothing is locked while a mail server answers. A claim lasts for `LEASE`; when the process that holds it dies, another
one sends the message again under the same message id. All times here are real ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.database.pending_writes import writing
from domain.kernel.actors import Role
from domain.outbox.alarms import ALARMS, MESSAGE_FAILED, Subject, caretaker_of, raise_alarm

LEASE = timedelta(minutes=2)
# Five days of half-hourly attempts: a mail server may be away for a long weekend.
MAX_ATTEMPTS = 240
MAX_ERROR_LENGTH = 500

# One operation tells a contact of all its client statuses in one mail: see `operation_mails`.
OF_OPERATION = "(operation_id IS NOT NULL AND subject_kind = 'clientStatus' AND contact_id IS NOT NULL)"
CLAIMED = f"""UPDATE outbox SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + $1::interval
    WHERE id IN (SELECT id FROM outbox
                 WHERE state = 'PENDING' AND digest_at IS NULL AND next_attempt_at <= clock_timestamp()
                     AND NOT {OF_OPERATION} {{which}}
                 ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING {{columns}}"""
COLUMNS = """id, name, recipient_role, account_id, contact_id, customer_id, subject_kind, subject_id,
              order_id, event_id, link_id, attempts, created_at"""
CLAIM = CLAIMED.format(which="", columns=COLUMNS)
CLAIM_ONE = CLAIMED.format(which="AND id = $3", columns=COLUMNS)
SENT = "UPDATE outbox SET state = 'SENT', sent_at = app_now(), last_error = NULL WHERE id = ANY($1::uuid[])"
DROPPED = "UPDATE outbox SET state = 'DROPPED', last_error = $2 WHERE id = ANY($1::uuid[]) AND state = 'PENDING'"
FAILED = """UPDATE outbox SET state = 'FAILED', last_error = $2 WHERE id = ANY($1::uuid[]) AND state = 'PENDING'
    RETURNING id"""
POSTPONE = """UPDATE outbox SET last_error = $2, next_attempt_at = clock_timestamp()
    + least(interval '5 seconds' * power(2, least(attempts, 20)), interval '30 minutes')
    WHERE id = ANY($1::uuid[]) AND state = 'PENDING'"""


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
    def is_last_attempt(self) -> bool:
        return self.first.attempts >= MAX_ATTEMPTS


def single(message: ClaimedMessage) -> MessageBatch:
    """A batch of one message."""
    return MessageBatch(name=message.name, messages=(message,))


async def claim_messages(limit: int) -> Sequence[ClaimedMessage]:
    """Claim waiting messages, the longest waiting first."""
    return [claimed_message(row) for row in await connections.get("default").execute_query_dict(CLAIM, [LEASE, limit])]


async def claim_message(message_id: UUID) -> ClaimedMessage | None:
    """Claim one message; nothing when it does not wait, shares its mail, or another process is sending it."""
    rows = await connections.get("default").execute_query_dict(CLAIM_ONE, [LEASE, 1, message_id])
    return claimed_message(rows[0]) if rows else None


async def mark_sent(batch: MessageBatch) -> None:
    """Record that the mail server has accepted the mail."""
    await connections.get("default").execute_query(SENT, [batch.ids])


async def drop(batch: MessageBatch, why: str) -> None:
    """Record that the mail is never sent: its reader may not see its subject, or cannot be reached."""
    await connections.get("default").execute_query(DROPPED, [batch.ids, why])


async def postpone(batch: MessageBatch, why: str) -> None:
    """Try again later, after a pause that grows with the attempts."""
    await connections.get("default").execute_query(POSTPONE, [batch.ids, why[:MAX_ERROR_LENGTH]])


async def mark_failed(batch: MessageBatch, why: str) -> None:
    """Give up. Administrators and the caretakers of the subject are told once, except about alarms themselves."""
    message = batch.first
    async with writing() as writes:
        rows = await writes.connection.execute_query_dict(FAILED, [batch.ids, why[:MAX_ERROR_LENGTH]])
        if not rows or message.name in ALARMS:
            return
        subject = Subject(kind=message.subject_kind, id=message.subject_id, order_id=message.order_id)
        raise_alarm(writes, MESSAGE_FAILED, {Role.ADMIN, caretaker_of(message.subject_kind)}, subject)


def claimed_message(row: Mapping[str, Any]) -> ClaimedMessage:
    """A row of the outbox that was just claimed."""
    values = {item.name: row[item.name] for item in fields(ClaimedMessage)}
    return ClaimedMessage(**values | {"recipient_role": Role(row["recipient_role"])})
