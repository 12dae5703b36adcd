"""The evaluation context and the facts of the row that errors of a refused move are made from."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.engine import facts as fact_classes
from domain.engine.context import EvaluationContext, context_of, select_context
from domain.engine.lifecycle import Lifecycle
from schema.shared.context import Context


@dataclass(frozen=True)
class RefusalContext:
    """An evaluation context and the facts of one row; no facts when the actor sees no such row."""

    evaluation: EvaluationContext
    facts: Any


async def read_refusal_context(context: Context, lifecycle: Lifecycle | None, row_id: UUID | None) -> RefusalContext:
    """Read the evaluation context and one row's facts in the actor's scope."""
    evaluation = context_of(await context.read_sessions.fetchrow(select_context({})), context.actor)
    if lifecycle is None or row_id is None:
        return RefusalContext(evaluation, None)
    scope, values = lifecycle.scope.bound_predicate(context.actor, "t", first=2)
    selected = fact_classes.select(lifecycle.facts, "t")
    statement = f"SELECT {selected}::text FROM {lifecycle.scope.table} t WHERE t.id = $1 AND ({scope})"
    found = await context.read_sessions.fetchval(statement, row_id, *values)
    return RefusalContext(evaluation, None if found is None else fact_classes.parse(lifecycle.facts, found))
