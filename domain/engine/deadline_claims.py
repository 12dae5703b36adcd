"""Claiming due deadlines: each is carried out once, by the scheduler, the queue or a late caller."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

TRY_CLAIM = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed"
CLAIM_DUE = """SELECT due_at FROM deadlines WHERE id = $1 AND state IN ('PENDING', 'FAILED') AND due_at <= $2
    FOR UPDATE"""
FIRST_OVERDUE = """SELECT id, kind, subject_id FROM deadlines WHERE order_id = ANY($1::uuid[])
    AND kind = ANY($2::text[]) AND state IN ('PENDING', 'FAILED') AND due_at <= $3 AND NOT id = ANY($4::uuid[])
    ORDER BY due_at, id LIMIT 1"""
MARK_FIRED = "UPDATE deadlines SET state = 'FIRED', fired_at = $2 WHERE id = $1"
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


async def first_overdue(
    connection: BaseDBAsyncClient,
    order_ids: Collection[UUID],
    kinds: Collection[str],
    now: datetime,
    except_ids: Collection[UUID],
) -> Overdue | None:
    """The first overdue deadline of these kinds among the locked orders' own; `except_ids` are passed over."""
    values: list[object] = [list(order_ids), list(kinds), now, list(except_ids)]
    rows = await connection.execute_query_dict(FIRST_OVERDUE, values)
    return Overdue(**rows[0]) if rows else None


async def mark_fired(connection: BaseDBAsyncClient, deadline_id: UUID, now: datetime) -> None:
    """Record that a claimed deadline was carried out."""
    await connection.execute_query(MARK_FIRED, [deadline_id, now])


async def repeat_at(connection: BaseDBAsyncClient, deadline_id: UUID, now: datetime, due_at: datetime) -> None:
    """Record that a claimed reminder went out, and arm it again for a later instant."""
    await connection.execute_query(REPEAT, [deadline_id, now, due_at])
