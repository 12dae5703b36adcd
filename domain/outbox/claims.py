"""Working the outbox: letters are claimed for a short while, then sent, dropped, put off or given up.

A letter goes out alone, or in a digest with others of its reader: then all of them share one mail and its fate.
Nothing is locked while a mail server is spoken to. Whoever claims a letter has `LEASE` to send it; if they
vanish, somebody else sends it again under the same message id. All times here are real ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.kernel.actors import Role
from domain.outbox import messages
from domain.outbox.messages import NewMessage

LEASE = timedelta(minutes=2)
# Five days of half-hourly attempts: a mail server may be away for a long weekend.
MAX_ATTEMPTS = 240
MAX_ERROR_LENGTH = 500
LETTER_FAILED, DEADLINE_FAILED = "letter.failed", "deadline.failed"
ALARMS = frozenset({LETTER_FAILED, DEADLINE_FAILED})
HAVE_ALARMS = frozenset({"order", "delivery", "invoice"})
Subject = tuple[str, UUID, UUID | None]

CLAIMED = """UPDATE outbox SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + $1::interval
    WHERE id IN (SELECT id FROM outbox
                 WHERE state = 'PENDING' AND digest_at IS NULL AND next_attempt_at <= clock_timestamp() {which}
                 ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
    RETURNING {columns}"""
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
    """A letter that is ours to send for the time of the lease; exactly one of the three readers is set."""

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
    """What goes out as one mail: a single letter under its own name, or a digest of several of one reader's.

    Its first letter, the one with the smallest id, speaks for all: they share reader, subject kind and attempts.
    """

    name: str
    messages: tuple[ClaimedMessage, ...]

    @property
    def first(self) -> ClaimedMessage:
        return self.messages[0]

    @property
    def ids(self) -> list[UUID]:
        return [letter.id for letter in self.messages]

    @property
    def is_last_attempt(self) -> bool:
        return self.first.attempts >= MAX_ATTEMPTS


def single(letter: ClaimedMessage) -> MessageBatch:
    """A letter that goes out by itself."""
    return MessageBatch(name=letter.name, messages=(letter,))


async def claim_messages(limit: int) -> Sequence[ClaimedMessage]:
    """Claim letters that wait, the longest waiting first."""
    return [claimed_message(row) for row in await connections.get("default").execute_query_dict(CLAIM, [LEASE, limit])]


async def claim_message(letter_id: UUID) -> ClaimedMessage | None:
    """Claim one letter; nothing when it does not wait, or somebody else is sending it."""
    rows = await connections.get("default").execute_query_dict(CLAIM_ONE, [LEASE, 1, letter_id])
    return claimed_message(rows[0]) if rows else None


async def mark_sent(envelope: MessageBatch) -> None:
    """The mail server has accepted the mail."""
    await connections.get("default").execute_query(SENT, [envelope.ids])


async def drop(envelope: MessageBatch, why: str) -> None:
    """The mail is never sent: its reader may not see its subject, or cannot be reached."""
    await connections.get("default").execute_query(DROPPED, [envelope.ids, why])


async def postpone(envelope: MessageBatch, why: str) -> None:
    """Try again later, after a pause that grows with the attempts."""
    await connections.get("default").execute_query(POSTPONE, [envelope.ids, why[:MAX_ERROR_LENGTH]])


async def mark_failed(envelope: MessageBatch, why: str) -> None:
    """No further attempt is made. Those who can do something are told once, except about such news itself."""
    letter = envelope.first
    async with in_transaction() as connection:
        rows = await connection.execute_query_dict(FAILED, [envelope.ids, why[:MAX_ERROR_LENGTH]])
        if not rows or letter.name in ALARMS:
            return
        subject = (letter.subject_kind, letter.subject_id, letter.order_id)
        caretaker = Role.FINANCE if letter.subject_kind == "invoice" else Role.STAFF
        await raise_alarm(connection, LETTER_FAILED, {Role.ADMIN, caretaker}, subject)


async def raise_alarm(connection: BaseDBAsyncClient, name: str, readers: Iterable[Role], subject: Subject) -> None:
    """Tell people that something was given up. What has no letters of its own is spoken of as its order."""
    kind, subject_id, order_id = subject
    if kind not in HAVE_ALARMS:
        if order_id is None:
            return
        kind, subject_id = "order", order_id
    posting = NewMessage(name=name, recipients=readers, subject_kind=kind, subject_id=subject_id, order_id=order_id)
    await messages.enqueue(connection, posting)


def claimed_message(row: Mapping[str, Any]) -> ClaimedMessage:
    """A row of the outbox that was just claimed."""
    values = {item.name: row[item.name] for item in fields(ClaimedMessage)}
    return ClaimedMessage(**values | {"recipient_role": Role(row["recipient_role"])})
