"""For which orders an automation follows an event: one statement that finds them and claims them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.automations.model import Automation, RunOutcome
from domain.automations.triggers import STAGE_ENTERED
from domain.billing.lifecycle.invoices import ORDERS
from domain.database.parameters import Parameters
from domain.engine.context import EvaluationContext
from domain.engine.unit_of_work import RecordedEvent, UnitOfWork

Bind = Callable[[object, str], str]

STAGE_CONDITION = "EXISTS (SELECT 1 FROM events e WHERE e.id = h.event_id AND e.body->>'stage' = {stage})"
INTENDED_TEMPLATE = """coalesce((SELECT q.template_id FROM pending_statuses q WHERE q.id = o.id),
    (SELECT s.template_id FROM client_statuses s WHERE s.id = o.id))"""
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
    """What the runs of one automation are claimed as.

    `first` is the outcome of orders that it has not acted on in this transaction, `again` that of the `acted` others.
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
    """Claim the orders that an automation's conditions hold for now, each once; returns runs by order.

    `events` have one name. Only orders that were claimed with the `first` outcome are returned: those to act on.
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


def conditions(automation: Automation, bind: Bind) -> list[str]:
    """SQL over the order `o` and the event `h`; all must hold."""
    found = ["TRUE"]
    if automation.trigger == STAGE_ENTERED:
        found.append(STAGE_CONDITION.format(stage=bind(str(automation.stage_id), "text")))
    if automation.from_template_id:
        found.append(f"{INTENDED_TEMPLATE} = {bind(automation.from_template_id, 'uuid')}")
    return found + order_conditions(automation, bind)


def order_conditions(automation: Automation, bind: Bind) -> list[str]:
    """The conditions that speak of the order `o` alone."""
    found: list[str] = []
    if automation.tags:
        found.append(f"o.tags @> {bind(automation.tags, 'text[]')}")
    for name in ("customer_id", "member_id", "order_template_id"):
        if wanted := getattr(automation, name):
            found.append(f"o.{name} = {bind(wanted, 'uuid')}")
    if automation.pipeline_id:
        pipeline = bind(automation.pipeline_id, "uuid")
        found.append(f"o.stage_id IN (SELECT g.id FROM stages g WHERE g.pipeline_id = {pipeline})")
    return found


def join_orders(trigger: str) -> str:
    """SQL that joins to the event `h` the orders that it concerns: an invoice is for those of its lines, also of lines
    that have left it since."""
    orders = ORDERS.replace("$1", "h.subject_id") if trigger.startswith("invoice.") else "SELECT h.order_id"
    return f"CROSS JOIN LATERAL ({orders}) AS concerned (order_id)"
