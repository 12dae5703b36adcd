"""When the next daily digest is sent: one SQL expression for whoever writes letters that wait for it."""

from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

# A wall-clock time that happens twice means the first, where PostgreSQL takes the second; one that a clock change
# skips is the one an hour later for both.
NEXT_DIGEST = """(SELECT min(first.instant) FROM operator_settings o CROSS JOIN status_rules r
    CROSS JOIN generate_series(0, 1) AS ahead
    CROSS JOIN LATERAL (SELECT (app_now() AT TIME ZONE o.zone)::date + ahead + make_interval(hours => r.digest_hour)
        AS clock_time) AS wall
    CROSS JOIN LATERAL (SELECT wall.clock_time AT TIME ZONE o.zone AS instant) AS last
    CROSS JOIN LATERAL (SELECT CASE WHEN (last.instant - interval '1 hour') AT TIME ZONE o.zone = wall.clock_time
        THEN last.instant - interval '1 hour' ELSE last.instant END AS instant) AS first
    WHERE first.instant > app_now())"""


async def next_digest(connection: BaseDBAsyncClient) -> datetime:
    """The first digest hour after now, by the operator's clock on the wall."""
    rows = await connection.execute_query_dict(f"SELECT {NEXT_DIGEST} AS digest_at")
    instant: datetime = rows[0]["digest_at"]
    return instant
