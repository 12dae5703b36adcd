"""Claims of automation runs: one statement finds the orders of an event and claims each once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.automations.conditions import conditions, join_orders
from domain.automations.model import Automation, RunOutcome
from domain.database.parameters import Parameters
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork

INSERT_RUNS = """
INSERT INTO automation_runs (id, automation_id, event_id, order_id, outcome, reasons, at, version)
SELECT uuidv7(), {automation}, found.event_id, found.order_id,
    CASE WHEN found.order_id = ANY({acted}) THEN {again} ELSE {first} END, '[]', {now}, 1
FROM (SELECT DISTINCT ON (o.id) h.event_id, o.id AS order_id
    FROM unnest({events}, {subjects}, {orders}) AS h (event_id, subject_id, order_id)
        {with_orders} JOIN orders o ON o.id = concerned.order_id
    WHERE o.deleted_at IS NULL AND {conditions} ORDER BY o.id, h.event_id) found
ON CONFLICT (automation_id, event_id, order_id) DO NOTHING RETURNING id, order_id, outcome"""


@dataclass(frozen=True, kw_only=True)
class ClaimOutcomes:
    """The outcomes with which the runs of one automation are claimed.

    `initial` is for orders on which it has not acted in this transaction, `repeated` for those in `acted`.
    """

    initial: RunOutcome
    repeated: RunOutcome
    acted: Collection[UUID]


async def claim_runs(
    work: UnitOfWork,
    automation: Automation,
    events: Sequence[RecordedEvent],
    outcomes: ClaimOutcomes,
    context: EvaluationContext,
) -> dict[UUID, UUID]:
    """Claim the orders for which an automation's conditions hold now, each once; return run ids by order.

    `events` have one name. Only orders claimed with the initial outcome are returned: the action is run for them.
    """
    bind = Parameters()
    statement = INSERT_RUNS.format(
        automation=bind(automation.id, "uuid"),
        acted=bind(list(outcomes.acted), "uuid[]"),
        again=bind(outcomes.repeated, "text"),
        first=bind(outcomes.initial, "text"),
        now=bind(context.now, "timestamptz"),
        events=bind([each.event_id for each in events], "uuid[]"),
        subjects=bind([each.subject_id for each in events], "uuid[]"),
        orders=bind([each.order_id for each in events], "uuid[]"),
        with_orders=join_orders(automation.trigger),
        conditions=" AND ".join(conditions(automation, bind)),
    )
    rows = await work.connection.execute_query_dict(statement, bind.values)
    return {row["order_id"]: row["id"] for row in rows if row["outcome"] == outcomes.initial}
