"""Claiming webhook messages: each is leased, then delivered, tried again later or given up.

Nothing is locked while a receiver answers. A claim is a lease (`domain/database/leases.py`); when the process that
holds it dies, another one sends the message again under the same id. A message waits while an earlier one of its order
is pending for the same endpoint. All times here are real ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.database.leases import RENEWED, Lease
from domain.kernel.ids import new_id

TABLE = "webhook_messages"
# What is waited for after each attempt but the last one: three days and some hours in all.
RETRY_DELAYS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, *(3_600 * hours for hours in (2, 5, 10, 14, 20, 24)))
)
MAX_ATTEMPTS = len(RETRY_DELAYS) + 1
DEAD_AFTER = timedelta(days=3)

# A test is sent to a paused endpoint as well, and waits for nothing.
MAY_BE_SENT = "(w.state = 'ENABLED' OR w.state = 'PAUSED' AND m.event_id IS NULL)"
IS_DUE = f"m.state = 'PENDING' AND m.next_attempt_at <= clock_timestamp() AND {MAY_BE_SENT}"
IS_NEXT = """NOT EXISTS (SELECT 1 FROM webhook_messages earlier WHERE earlier.endpoint_id = m.endpoint_id
    AND earlier.ordering_id = m.ordering_id AND earlier.state = 'PENDING' AND earlier.position < m.position)"""
DUE_ENDPOINTS = f"""SELECT w.id FROM webhook_endpoints w WHERE EXISTS
    (SELECT 1 FROM webhook_messages m WHERE m.endpoint_id = w.id AND {IS_DUE})"""
CLAIM = f"""
WITH due AS (
    SELECT m.id FROM webhook_messages m JOIN webhook_endpoints w ON w.id = m.endpoint_id
    WHERE m.endpoint_id = $1 AND {IS_DUE} AND {IS_NEXT}
    ORDER BY m.next_attempt_at, m.position LIMIT $2 FOR UPDATE OF m SKIP LOCKED)
UPDATE webhook_messages m
SET attempts = m.attempts + 1, claim_id = $3, next_attempt_at = {RENEWED}
FROM due, webhook_endpoints w WHERE m.id = due.id AND w.id = m.endpoint_id
RETURNING m.id, m.endpoint_id, m.type, m.subject_kind, m.subject_id, m.order_id, m.event_id, m.sequence,
    m.occurred_at, m.attempts, w.url, w.secret_number, w.previous_secret_until, m.claim_id,
    clock_timestamp() AS claimed_at"""
RECORD = """
WITH attempt AS (
    INSERT INTO webhook_attempts (id, message_id, endpoint_id, at, duration_ms, succeeded, status, answer, error)
    SELECT uuidv7(), m.id, m.endpoint_id, $2, $3, $4, $5, $6, $7 FROM webhook_messages m WHERE m.id = $1)
UPDATE webhook_messages SET state = $8, next_attempt_at = clock_timestamp() + $9::interval,
    delivered_at = CASE WHEN $4 THEN clock_timestamp() END
    WHERE id = $1 AND state = 'PENDING' AND ($4 OR claim_id = $10)"""
IS_DEAD = """SELECT min(a.at) <= clock_timestamp() - $2::interval AS dead
    FROM webhook_attempts a JOIN webhook_endpoints w ON w.id = a.endpoint_id
    WHERE a.endpoint_id = $1 AND NOT a.succeeded AND a.at >= w.enabled_at AND a.at > coalesce(
        (SELECT max(s.at) FROM webhook_attempts s WHERE s.endpoint_id = $1 AND s.succeeded), '-infinity')"""


@dataclass(frozen=True, kw_only=True)
class ClaimedWebhook:
    """A message that is ours to deliver during the lease, with what its endpoint says."""

    id: UUID
    endpoint_id: UUID
    type: str
    subject_kind: str
    subject_id: UUID
    order_id: UUID | None
    event_id: UUID | None
    sequence: int
    occurred_at: datetime
    attempts: int
    url: str
    secret_number: int
    previous_secret_until: datetime | None
    claim_id: UUID
    claimed_at: datetime

    @property
    def lease(self) -> Lease:
        return Lease(table=TABLE, claim_id=self.claim_id, row_ids=(self.id,))

    @property
    def is_test(self) -> bool:
        return self.event_id is None

    @property
    def is_last_attempt(self) -> bool:
        return self.is_test or self.attempts >= MAX_ATTEMPTS


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of one attempt: the status and the beginning of the body, or the error that there is none."""

    duration_ms: int
    status: int | None = None
    body: str = ""
    error: str | None = None

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


async def due_endpoints() -> Sequence[UUID]:
    """Endpoints for which messages are due."""
    return [row["id"] for row in await connections.get("default").execute_query_dict(DUE_ENDPOINTS)]


async def claim_webhooks(endpoint_id: UUID, limit: int) -> Sequence[ClaimedWebhook]:
    """Claim messages of one endpoint, the longest waiting first, never two of one order."""
    rows = await connections.get("default").execute_query_dict(CLAIM, [endpoint_id, limit, new_id()])
    return [_claimed(row) for row in rows]


async def record_attempt(message: ClaimedWebhook, answer: Answer) -> None:
    """Keep the answer in the log; the message is delivered, given up, or due again after its next pause.

    A failure counts for nothing more once another process holds the message.
    """
    state, delay = "PENDING", timedelta(0)
    if answer.succeeded:
        state = "DELIVERED"
    elif message.is_last_attempt:
        state = "FAILED"
    else:
        delay = RETRY_DELAYS[message.attempts - 1]
    attempt = [answer.duration_ms, answer.succeeded, answer.status, answer.body, answer.error]
    values = [message.id, message.claimed_at, *attempt, state, delay, message.claim_id]
    await connections.get("default").execute_query(RECORD, values)


async def is_dead(endpoint_id: UUID) -> bool:
    """Whether every attempt of the last three days has failed, and the first of them is as old."""
    rows = await connections.get("default").execute_query_dict(IS_DEAD, [endpoint_id, DEAD_AFTER])
    return bool(rows[0]["dead"])


def _claimed(row: Mapping[str, Any]) -> ClaimedWebhook:
    return ClaimedWebhook(**{item.name: row[item.name] for item in fields(ClaimedWebhook)})
