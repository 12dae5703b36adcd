"""The schedule: deadline rows that follow the facts, with their instant and what it was computed from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.engine.context import EvaluationContext
from domain.engine.lifecycle import Lifecycle, Timer
from domain.engine.model import DeadlineState
from domain.kernel.ids import new_id

KNOWN = """SELECT id, kind, anchor_at, state FROM deadlines WHERE subject_kind = $1 AND subject_id = $2
    AND state IN ('PENDING', 'FIRED', 'FAILED') ORDER BY kind, id FOR UPDATE"""
ARM = """INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state,
    attempts, next_attempt_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 'PENDING', 0, $6)"""
ANCHOR = """UPDATE deadlines SET anchor_at = $2, due_at = $2, next_attempt_at = $2, attempts = 0, state = 'PENDING',
    last_error = NULL WHERE id = $1"""
DISARM = "UPDATE deadlines SET state = 'DISARMED' WHERE id = $1"
WAKE = "UPDATE deadlines SET next_attempt_at = due_at WHERE id = $1 AND state = 'PENDING'"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The row whose deadlines are reconciled: its lifecycle, its id, and the order it belongs to."""

    lifecycle: Lifecycle
    id: UUID
    order_id: UUID | None


async def reconcile(
    connection: BaseDBAsyncClient, subject: Subject, facts: Any, context: EvaluationContext
) -> dict[UUID, datetime]:
    """Arm, move or disarm every deadline of one locked subject; return the instants of those armed or moved.

    A reminder that was sent is not sent again for the same instant, nor for one that has passed already; a deadline
    with a command is armed again, because the row has come back to where its move is possible.
    """
    values = [subject.lifecycle.noun, subject.id]
    known = await connection.execute_query_dict(KNOWN, values)
    changed: dict[UUID, datetime] = {}
    for timer in subject.lifecycle.timers:
        rows = [row for row in known if row["kind"] == timer.kind]
        due = _due(timer, facts, context)
        if due and timer.command is None and _was_sent(rows, due, context):
            due = None
        changed |= await _follow(connection, subject, timer, rows, due)
    return changed


def kinds_enforced_on_access(lifecycles: Iterable[Lifecycle]) -> Mapping[str, Timer]:
    """The timers whose moves are made before a late caller is evaluated."""
    return {timer.kind: timer for item in lifecycles for timer in item.timers if timer.enforced_on_access}


def _due(timer: Timer, facts: Any, context: EvaluationContext) -> datetime | None:
    return timer.due(facts, context) if facts.status in timer.active_states else None


def _was_sent(rows: Iterable[Mapping[str, Any]], due: datetime, context: EvaluationContext) -> bool:
    """Whether the reminder was sent for this instant, or the instant has passed since an earlier one was sent.

    A reminder that is armed for this very instant and only waits for a scheduler was not sent.
    """
    if any(row["anchor_at"] == due and row["state"] != DeadlineState.FIRED for row in rows):
        return False
    fired = [row["anchor_at"] for row in rows if row["state"] == DeadlineState.FIRED]
    return bool(fired) and (due in fired or due <= context.now)


async def _follow(
    connection: BaseDBAsyncClient,
    subject: Subject,
    timer: Timer,
    rows: list[dict[str, Any]],
    due: datetime | None,
) -> dict[UUID, datetime]:
    armed = next((row for row in rows if row["state"] != DeadlineState.FIRED), None)
    if due is None:
        if armed:
            await connection.execute_query(DISARM, [armed["id"]])
        return {}
    if armed and armed["anchor_at"] == due:
        await connection.execute_query(WAKE, [armed["id"]])
        return {}
    if armed:
        await connection.execute_query(ANCHOR, [armed["id"], due])
        return {armed["id"]: due}
    return await _arm(connection, subject, timer, due)


async def _arm(connection: BaseDBAsyncClient, subject: Subject, timer: Timer, due: datetime) -> dict[UUID, datetime]:
    deadline_id = new_id()
    values = [deadline_id, timer.kind, subject.lifecycle.noun, subject.id, subject.order_id, due, timer.basis]
    await connection.execute_query(ARM, values)
    return {deadline_id: due}
