"""Claiming due deadlines: each is carried out once, by the scheduler, the queue or a late caller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.pending_writes import PendingWrites, WriteStatement
from domain.kernel.errors import Refused
from domain.kernel.stored_refusals import dump

TRY_CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed"
TRY_CLAIM_ALL = """WITH wanted AS MATERIALIZED (
    SELECT d.id, d.subject_id, d.order_id FROM deadlines d WHERE d.id = ANY($1::uuid[]))
SELECT w.id, w.subject_id, w.order_id FROM wanted w WHERE pg_try_advisory_xact_lock(hashtextextended(w.id::text, 0))"""
CLAIM_ALL_DUE = """SELECT id, subject_id, order_id, due_at FROM deadlines WHERE id = ANY($1::uuid[])
    AND state IN ('PENDING', 'FAILED') AND due_at <= $2 ORDER BY id FOR UPDATE"""
CLAIM_DUE = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE"""
# The first overdue deadline of some kinds among the locked orders' own, over the instant of `context`.
FIRST_OVERDUE = """SELECT d.id AS overdue_id, d.kind AS overdue_kind, d.subject_id AS overdue_subject_id
    FROM deadlines d
    WHERE d.order_id = ANY($2::uuid[]) AND d.kind = ANY($3::text[]) AND d.state IN ('PENDING', 'FAILED')
        AND d.due_at <= context.context_now AND NOT d.id = ANY($4::uuid[])
    ORDER BY d.due_at, d.id LIMIT 1"""
FIRED = WriteStatement(
    name="fired",
    columns="id uuid, fired_at timestamptz",
    statement="""UPDATE deadlines known SET state = 'FIRED', fired_at = new.fired_at FROM {rows} AS new
        WHERE known.id = new.id""",
)
REPEATED = WriteStatement(
    name="repeated",
    columns="id uuid, fired_at timestamptz, due_at timestamptz",
    statement="""UPDATE deadlines known SET due_at = new.due_at, next_attempt_at = new.due_at, fired_at = new.fired_at
        FROM {rows} AS new WHERE known.id = new.id""",
)
# A refused deadline sleeps, longer each time, until a related move wakes it.
SLEEPING = WriteStatement(
    name="sleeping",
    columns="id uuid, reason text, refusals jsonb",
    statement="""UPDATE deadlines known SET attempts = known.attempts + 1, last_error = new.reason,
            refusals = new.refusals, next_attempt_at = app_now()
                + least(interval '1 minute' * power(2, least(known.attempts, 20)), interval '1 day')
        FROM {rows} AS new WHERE known.id = new.id AND known.state = 'PENDING'""",
)
WAKE = """UPDATE deadlines SET next_attempt_at = due_at
    WHERE subject_id = $1 AND kind = $2 AND state = 'PENDING' AND next_attempt_at > due_at"""
MAX_ERROR_LENGTH = 500


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


@dataclass(frozen=True, kw_only=True)
class ClaimedDeadline:
    """A claimed deadline that is due: the row it is about, its order, and its instant."""

    id: UUID
    subject_id: UUID
    order_id: UUID | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class UnlockedDeadline:
    """A claimed deadline before anything is locked: the row it is about, and its order."""

    id: UUID
    subject_id: UUID
    order_id: UUID | None


async def try_claim_all(connection: BaseDBAsyncClient, deadline_ids: Sequence[UUID]) -> Sequence[UnlockedDeadline]:
    """Claim deadlines for this transaction, before any lock is waited for; return those that were free."""
    rows = await connection.execute_query_dict(TRY_CLAIM_ALL, [list(deadline_ids)])
    return [UnlockedDeadline(**row) for row in rows]


async def claim_all_due(
    connection: BaseDBAsyncClient, deadline_ids: Iterable[UUID], now: datetime
) -> Sequence[ClaimedDeadline]:
    """Lock the rows of claimed deadlines, after all other locks; those that are no longer due are left out."""
    rows = await connection.execute_query_dict(CLAIM_ALL_DUE, [list(deadline_ids), now])
    return [ClaimedDeadline(**row) for row in rows]


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


def repeat_at(writes: PendingWrites, deadline_id: UUID, now: datetime, due_at: datetime) -> None:
    """Record with the next flush that a claimed reminder went out, and arm it again for a later instant."""
    writes.add(REPEATED, {"id": deadline_id, "fired_at": now, "due_at": due_at})


def put_to_sleep(writes: PendingWrites, deadline_id: UUID, refused: Refused) -> None:
    """Let a refused deadline sleep, with the next flush; the reasons are kept in every language."""
    refusals = [dump(refusal) for refusal in refused.refusals]
    writes.add(SLEEPING, {"id": deadline_id, "reason": str(refused)[:MAX_ERROR_LENGTH], "refusals": refusals})


async def wake(connection: BaseDBAsyncClient, kind: str, subject_id: UUID) -> None:
    """Let a deadline that sleeps be tried at once: what its move was refused for is no longer so, without any move."""
    await connection.execute_query(WAKE, [subject_id, kind])
