"""Subjects of moves: rows with the facts by which their moves are evaluated, any number with one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.database import row_writes
from domain.engine import facts
from domain.engine.context import EvaluationContext, context_of, select_context
from domain.engine.deadline_claims import FIRST_OVERDUE, Overdue
from domain.engine.lifecycle import Lifecycle
from domain.engine.registry import Registry
from domain.kernel.actors import Actor

SELECT_SUBJECTS = "SELECT {facts}::text AS facts, {columns} FROM {table} t WHERE t.id = ANY($1::uuid[]) AND ({scope})"
NO_SUBJECTS = "SELECT NULL::text AS facts, NULL::uuid AS id WHERE $1::uuid[] IS NULL"
SELECT_LOCKED = """SELECT context.*, overdue.*, subject.* FROM ({context}) AS context
    LEFT JOIN LATERAL ({overdue}) AS overdue ON TRUE LEFT JOIN ({subjects}) AS subject ON TRUE"""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One locked row with its facts."""

    row: Any
    facts: Any


@dataclass(frozen=True, kw_only=True)
class LockedSubjects:
    """All that the evaluation of commands needs: the context, what is overdue, and the visible subjects by id."""

    context: EvaluationContext
    overdue: Overdue | None
    subjects: Mapping[UUID, Subject]


async def read_subjects(
    connection: BaseDBAsyncClient, lifecycle: Lifecycle, ids: Sequence[UUID]
) -> Mapping[UUID, Subject]:
    """The rows with these ids, by id, in no scope."""
    rows = await connection.execute_query_dict(_select_subjects(lifecycle, "TRUE"), [list(ids)])
    return {row["id"]: _subject(lifecycle, row) for row in rows}


async def read_locked_subjects(
    connection: BaseDBAsyncClient,
    registry: Registry,
    lifecycle: Lifecycle | None,
    ids: Sequence[UUID],
    actor: Actor,
    *,
    order_ids: Sequence[UUID],
    settled: Collection[UUID],
) -> LockedSubjects:
    """Read, with one statement after the locks were granted, all that commands on these rows are evaluated by.

    Rows that are not visible to the actor are left out. Overdue is the first deadline of the locked orders that is
    enforced on access, apart from those that are `settled`.
    """
    scope, values = lifecycle.scope.bound_predicate(actor, "t", first=5) if lifecycle else ("", [])
    statement = _select_locked(lifecycle, scope, tuple(registry.context_facts.items()))
    given = [list(ids), list(order_ids), list(registry.kinds_enforced_on_access), list(settled)]
    rows = await connection.execute_query_dict(statement, [*given, *values])
    first = rows[0]
    overdue = None
    if first["overdue_id"]:
        overdue = Overdue(id=first["overdue_id"], kind=first["overdue_kind"], subject_id=first["overdue_subject_id"])
    return LockedSubjects(
        context=context_of(first, actor),
        overdue=overdue,
        subjects={row["id"]: _subject(lifecycle, row) for row in rows if lifecycle and row["id"]},
    )


def _subject(lifecycle: Lifecycle, row: dict[str, Any]) -> Subject:
    return Subject(row=row_writes.load(lifecycle.model, row), facts=facts.parse(lifecycle.facts, row["facts"]))


@cache
def _select_subjects(lifecycle: Lifecycle, scope: str) -> str:
    return SELECT_SUBJECTS.format(
        facts=facts.select(lifecycle.facts, "t"),
        columns=row_writes.select_columns(lifecycle.model, "t"),
        table=lifecycle.scope.table,
        scope=scope,
    )


@cache
def _select_locked(lifecycle: Lifecycle | None, scope: str, registered: tuple[tuple[str, str], ...]) -> str:
    return SELECT_LOCKED.format(
        context=select_context(dict(registered)),
        overdue=FIRST_OVERDUE,
        subjects=_select_subjects(lifecycle, scope) if lifecycle else NO_SUBJECTS,
    )
