"""The automations that a dry run triggered, with the number of orders of each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.engine.unit_of_work import UnitOfWork

SELECT_RUNS = """SELECT automation_id, count(DISTINCT order_id) AS orders FROM automation_runs
    WHERE event_id = ANY($1::uuid[]) AND order_id = ANY($2::uuid[]) AND outcome <> 'DESELECTED'
    GROUP BY automation_id"""

OrdersByAutomation = Mapping[UUID, int]


async def count_runs(work: UnitOfWork) -> OrdersByAutomation:
    """Count the orders of each automation that ran in this unit of work."""
    events = [each.event_id for each in work.events]
    orders = list({each.order_id for each in work.events if each.order_id})
    rows = await work.connection.execute_query_dict(SELECT_RUNS, [events, orders])
    return {row["automation_id"]: row["orders"] for row in rows}


def dump(*several: OrdersByAutomation) -> list[dict[str, object]]:
    """The counts of several portions together, as JSON."""
    total: Counter[UUID] = Counter()
    for counts in several:
        total.update(counts)
    return [{"automation": str(each), "orders": orders} for each, orders in total.items()]


def load(stored: Iterable[Mapping[str, object]]) -> OrdersByAutomation:
    """The counts that `dump` wrote."""
    return {UUID(str(each["automation"])): int(str(each["orders"])) for each in stored}
