"""Punctuality: how long after it was possible a deadline was carried out, of the last hour and the last day.

A deadline is possible once it is due, is armed, and sleeps no longer after a refusal. One view says it to the metrics,
the API, the pages and `werkstand doctor`.
"""

from domain.access.administration import ADMINISTRATORS
from domain.access.scoped_table import ScopedTable

VIEW = "deadline_punctuality"
GOAL_SECONDS = 5.0

POSSIBLE_AT = "greatest(d.due_at, d.armed_at, d.next_attempt_at)"
LATENESS = f"greatest(0, extract(epoch FROM d.fired_at - {POSSIBLE_AT}))::float8"
# A window without deadlines has nulls. `overdue` are those that are possible by now and have not happened.
CREATE_VIEW = (
    f"""CREATE VIEW {VIEW} AS
    WITH instant AS MATERIALIZED (SELECT app_now() AS now),
    fired AS MATERIALIZED (SELECT d.fired_at, {LATENESS} AS late FROM deadlines d
        WHERE d.state = 'FIRED' AND d.fired_at > (SELECT now FROM instant) - interval '1 day'),
    waiting AS MATERIALIZED (SELECT count(*) AS overdue FROM deadlines d WHERE d.state = 'PENDING'
        AND d.due_at <= (SELECT now FROM instant) AND {POSSIBLE_AT} <= (SELECT now FROM instant))
    SELECT w.name, w.place, count(f.late) AS fired,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY f.late) AS p50_seconds,
        percentile_cont(0.99) WITHIN GROUP (ORDER BY f.late) AS p99_seconds, max(f.late) AS max_seconds,
        (SELECT overdue FROM waiting) AS overdue
    FROM (VALUES ('HOUR', 1, interval '1 hour'), ('DAY', 2, interval '1 day')) AS w (name, place, length)
    LEFT JOIN fired f ON f.fired_at > (SELECT now FROM instant) - w.length
    GROUP BY w.name, w.place""",
    f"DROP VIEW {VIEW}",
)
SELECT_PUNCTUALITY = "SELECT name, fired, p50_seconds, p99_seconds, max_seconds, overdue FROM deadline_punctuality"
FIRED_INDEX = ("deadlines_fired", "deadlines (fired_at) WHERE state = 'FIRED'")

PUNCTUALITY_SCOPE = ScopedTable(name="punctuality", table=VIEW, predicates=ADMINISTRATORS)
