"""The schedule: deadline rows that follow the facts, with their instant and what it was computed from."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database.pending_writes import PendingWrites, WriteStatement
from domain.engine.context import EvaluationContext
from domain.engine.facts import parse, select
from domain.engine.lifecycle import Lifecycle, Timer
from domain.engine.model import DeadlineState
from domain.kernel.ids import new_id

# The rows of one noun by their ids, with the deadlines that they have.
SELECT_NOUN = """SELECT {place} AS place, t.id, {facts}::text AS facts, (SELECT json_agg(json_build_array(d.id, d.kind,
        d.anchor_at, d.state, d.next_attempt_at > d.due_at) ORDER BY d.kind, d.id) FROM deadlines d
    WHERE d.subject_id = t.id AND d.subject_kind = '{noun}' AND d.state IN ('PENDING', 'FIRED', 'FAILED')
    )::text AS known FROM {table} t WHERE t.id = ANY({ids}::uuid[])"""
ARMED = WriteStatement(
    name="armed",
    columns="""id uuid, kind text, subject_kind text, subject_id uuid, order_id uuid, due_at timestamptz, basis text""",
    statement="""INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state,
            attempts, next_attempt_at, armed_at)
        SELECT new.id, new.kind, new.subject_kind, new.subject_id, new.order_id, new.due_at, new.due_at, new.basis,
            'PENDING', 0, new.due_at, (SELECT app_now()) FROM {rows} AS new""",
)
MOVED = WriteStatement(
    name="moved",
    columns="id uuid, due_at timestamptz",
    statement="""UPDATE deadlines known SET anchor_at = new.due_at, due_at = new.due_at, next_attempt_at = new.due_at,
        attempts = 0, state = 'PENDING', last_error = NULL, refusals = '[]', armed_at = (SELECT app_now())
        FROM {rows} AS new WHERE known.id = new.id""",
)
DISARMED = WriteStatement(
    name="disarmed",
    columns="id uuid",
    statement="UPDATE deadlines known SET state = 'DISARMED' FROM {rows} AS new WHERE known.id = new.id",
)
WOKEN = WriteStatement(
    name="woken",
    columns="id uuid",
    statement="""UPDATE deadlines known SET next_attempt_at = known.due_at, armed_at = (SELECT app_now())
        FROM {rows} AS new WHERE known.id = new.id AND known.state = 'PENDING'""",
)


@dataclass(frozen=True, kw_only=True)
class TouchedRow:
    """The row whose deadlines are reconciled: its lifecycle, its id, and the order it belongs to."""

    lifecycle: Lifecycle
    id: UUID
    order_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class KnownDeadline:
    """A deadline that a row has: pending, fired or given up. One that is asleep waits for a later attempt."""

    id: UUID
    kind: str
    anchor_at: datetime
    state: DeadlineState
    is_asleep: bool


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A touched row with its present facts and the deadlines it has."""

    row: TouchedRow
    facts: Any
    known: Sequence[KnownDeadline]


async def read_schedule(connection: BaseDBAsyncClient, touched: Iterable[TouchedRow]) -> Iterator[Schedule]:
    """The facts and deadlines of locked rows, with one statement; rows of nouns without timers are left out."""
    by_lifecycle: dict[Lifecycle, dict[UUID, TouchedRow]] = {}
    for row in touched:
        if row.lifecycle.timers:
            by_lifecycle.setdefault(row.lifecycle, {})[row.id] = row
    if not by_lifecycle:
        return iter(())
    statement = " UNION ALL ".join(
        SELECT_NOUN.format(
            place=place,
            facts=select(lifecycle.facts, "t"),
            noun=lifecycle.noun,
            table=lifecycle.scope.table,
            ids=f"${place}",
        )
        for place, lifecycle in enumerate(by_lifecycle, start=1)
    )
    groups = list(by_lifecycle.items())
    rows = await connection.execute_query_dict(statement, [list(ids) for _, ids in groups])
    return (_schedule_of(lifecycle, ids, row) for row in rows for lifecycle, ids in [groups[row["place"] - 1]])


def reconcile(
    writes: PendingWrites, schedule: Schedule, context: EvaluationContext, firing: frozenset[UUID]
) -> dict[UUID, datetime]:
    """Arm, move or disarm every deadline of one locked subject; return the instants of those armed or moved.

    A reminder that was sent is not sent again for the same instant, nor for one that has passed already; a deadline
    with a command is armed again, because the row has come back to where its move is possible. Deadlines that are
    `firing` stay as they are, and no other of their kind is armed.
    """
    changed: dict[UUID, datetime] = {}
    for timer in schedule.row.lifecycle.timers:
        known = [each for each in schedule.known if each.kind == timer.kind]
        if any(each.id in firing for each in known):
            continue
        due = _due(timer, schedule.facts, context)
        if due and timer.command is None and _was_sent(known, due, context):
            due = None
        changed |= _follow(writes, schedule.row, timer, known, due)
    return changed


def _schedule_of(lifecycle: Lifecycle, touched: Mapping[UUID, TouchedRow], row: Mapping[str, Any]) -> Schedule:
    known = [
        KnownDeadline(
            id=UUID(deadline_id),
            kind=kind,
            anchor_at=datetime.fromisoformat(anchor_at),
            state=DeadlineState(state),
            is_asleep=is_asleep,
        )
        for deadline_id, kind, anchor_at, state, is_asleep in json.loads(row["known"] or "[]")
    ]
    return Schedule(row=touched[row["id"]], facts=parse(lifecycle.facts, row["facts"]), known=known)


def _due(timer: Timer, facts: Any, context: EvaluationContext) -> datetime | None:
    return timer.due(facts, context) if facts.status in timer.active_states else None


def _was_sent(known: Sequence[KnownDeadline], due: datetime, context: EvaluationContext) -> bool:
    """Whether the reminder was sent for this instant, or the instant has passed since an earlier one was sent.

    A reminder that is armed for this very instant and only waits for a scheduler was not sent.
    """
    if any(each.anchor_at == due and each.state is not DeadlineState.FIRED for each in known):
        return False
    fired = [each.anchor_at for each in known if each.state is DeadlineState.FIRED]
    return bool(fired) and (due in fired or due <= context.now)


def _follow(
    writes: PendingWrites, subject: TouchedRow, timer: Timer, known: Sequence[KnownDeadline], due: datetime | None
) -> dict[UUID, datetime]:
    armed = next((each for each in known if each.state is not DeadlineState.FIRED), None)
    if due is None:
        if armed:
            writes.add(DISARMED, {"id": armed.id})
        return {}
    if armed is None:
        return _arm(writes, subject, timer, due)
    if armed.anchor_at != due:
        writes.add(MOVED, {"id": armed.id, "due_at": due})
        return {armed.id: due}
    if armed.is_asleep and armed.state is DeadlineState.PENDING:
        writes.add(WOKEN, {"id": armed.id})
    return {}


def _arm(writes: PendingWrites, subject: TouchedRow, timer: Timer, due: datetime) -> dict[UUID, datetime]:
    deadline_id = new_id()
    values: dict[str, object] = {
        "id": deadline_id,
        "kind": timer.kind,
        "subject_kind": subject.lifecycle.noun,
        "subject_id": subject.id,
        "order_id": subject.order_id,
        "due_at": due,
        "basis": timer.basis,
    }
    writes.add(ARMED, values)
    return {deadline_id: due}
