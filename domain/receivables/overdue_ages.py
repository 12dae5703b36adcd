"""Sums of overdue receivables by age, computed in the database, and the removal of that SQL."""

from enum import StrEnum

from domain.access.scoped_table import EVERYTHING, ScopedTable
from domain.database import ddl
from domain.kernel.actors import ActorKind
from domain.receivables.balance import REMAINING, TODAY


class OverdueAge(StrEnum):
    """For how long something is overdue, in days."""

    UP_TO_30 = "UP_TO_30"
    UP_TO_60 = "UP_TO_60"
    UP_TO_90 = "UP_TO_90"
    OVER_90 = "OVER_90"


DAYS = f"({TODAY} - r.due_on)"
OF_RECEIVABLE = REMAINING.replace("{t}", "r")
# Few of all receivables have something left, so that these are found by an index of their own.
REMAINING_BY_DAY = ddl.index(
    "receivables_remaining_by_day", f"receivables (due_on) WHERE {REMAINING.replace('{t}.', '')} > 0"
)
OVERDUE_AGES = (
    f"""CREATE VIEW overdue_ages AS
    SELECT CASE WHEN {DAYS} <= 30 THEN 'UP_TO_30' WHEN {DAYS} <= 60 THEN 'UP_TO_60' WHEN {DAYS} <= 90 THEN 'UP_TO_90'
            ELSE 'OVER_90' END AS age,
        r.currency, count(*)::int AS count, sum({OF_RECEIVABLE})::bigint AS overdue_cents
    FROM receivables r WHERE {OF_RECEIVABLE} > 0 AND r.due_on < {TODAY} GROUP BY 1, 2""",
    "DROP VIEW overdue_ages",
)
STATEMENTS = (REMAINING_BY_DAY, OVERDUE_AGES)

OVERDUE_AGES_SCOPE = ScopedTable(
    name="overdue_ages",
    table="overdue_ages",
    predicates=dict.fromkeys((ActorKind.FINANCE, ActorKind.ADMIN, ActorKind.CLOCK), EVERYTHING),
)
