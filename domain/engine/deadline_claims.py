"""Claiming due deadlines: each is carried out once, by the scheduler, the queue or a late caller."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.pending_writes import Batch, PendingWrites

TRY_CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed"
CLAIM_DUE = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE"""
# The first overdue deadline of some kinds among the locked orders' own, over the instant of `context`.
FIRST_OVERDUE = """SELECT d.id AS overdue_id, d.kind AS overdue_kind, d.subject_id AS overdue_subject_id
    FROM deadlines d
    WHERE d.order_id = ANY($2::uuid[]) AND d.kind = ANY($3::text[]) AND d.state IN ('PENDING', 'FAILED')
        AND d.due_at <= context.context_now AND NOT d.id = ANY($4::uuid[])
    ORDER BY d.due_at, d.id LIMIT 1"""
FIRED = Batch(
    name="fired",
    columns="id uuid, fired_at timestamptz",
    statement="""UPDATE deadlines known SET state = 'FIRED', fired_at = new.fired_at FROM {rows} AS new
        WHERE known.id = new.id""",
)
REPEAT = "UPDATE deadlines SET due_at = $3, next_attempt_at = $3, fired_at = $2 WHERE id = $1"


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A deadline whose instant has passed without having been carried out."""

    id: UUID
    kind: str
    subject_id: UUID


class NoLongerDue(Exception):
    """The deadline was fired, moved or disarmed meanwhile, or another process is firing it."""


async def try_claim(connection: BaseDBAsyncClient, deadline_id: UUID) -> None:
    """Claim a deadline for this transaction, before any lock is waited for; raises `NoLongerDue` at once if taken."""
    (row,) = await connection.execute_query_dict(TRY_CLAIM, [str(deadline_id)])
    if not row["claimed"]:
        raise NoLongerDue


async def claim_due(connection: BaseDBAsyncClient, deadline_id: UUID, now: datetime) -> datetime:
    """Lock the row of a claimed deadline, after all other locks, and return its instant; else `NoLongerDue`."""
    rows = await connection.execute_query_dict(CLAIM_DUE, [deadline_id, now])
    if not rows:
        raise NoLongerDue
    due_at: datetime = rows[0]["due_at"]
    return due_at


def mark_fired(writes: PendingWrites, deadline_id: UUID, now: datetime) -> None:
    """Record with the next flush that a claimed deadline was carried out."""
    writes.add(FIRED, {"id": deadline_id, "fired_at": now})


async def repeat_at(connection: BaseDBAsyncClient, deadline_id: UUID, now: datetime, due_at: datetime) -> None:
    """Record that a claimed reminder went out, and arm it again for a later instant."""
    await connection.execute_query(REPEAT, [deadline_id, now, due_at])
