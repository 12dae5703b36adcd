"""What a refused caller is told the situation by: the moment, and the facts of the row if they see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.core import facts as fact_classes
from domain.core.lifecycle import Lifecycle
from domain.core.moment import SELECT_MOMENT, Moment, Operator
from schema.shared.context import Context


@dataclass(frozen=True)
class Situation:
    """One moment, and the facts of one row; no facts when there is no such row in the actor's sight."""

    moment: Moment
    facts: Any


async def situation(context: Context, lifecycle: Lifecycle | None, row_id: UUID | None) -> Situation:
    """Read the moment and one row's facts in the actor's scope."""
    row = await context.reads.fetchrow(SELECT_MOMENT)
    moment = Moment(row["now"], context.actor, fact_classes.parse(Operator, row["operator"]))
    if lifecycle is None or row_id is None:
        return Situation(moment, None)
    scope, values = lifecycle.source.scope_for(context.actor, "t", first=2)
    selected = fact_classes.select(lifecycle.facts, "t")
    statement = f"SELECT {selected}::text FROM {lifecycle.source.table} t WHERE t.id = $1 AND ({scope})"
    found = await context.reads.fetchval(statement, row_id, *values)
    return Situation(moment, None if found is None else fact_classes.parse(lifecycle.facts, found))
