"""The schedule of daily digests as SQL, for messages that wait for one and for tasks that run once a day."""

# A wall-clock time that happens twice means the first instant, where PostgreSQL takes the second; one that a clock
# change skips means the instant an hour later for both.
DIGEST_TIMES = """SELECT first.instant FROM operator_settings o CROSS JOIN status_rules r
    CROSS JOIN generate_series(-1, 1) AS ahead
    CROSS JOIN LATERAL (SELECT ({now} AT TIME ZONE o.zone)::date + ahead + make_interval(hours => r.digest_hour)
        AS clock_time) AS wall
    CROSS JOIN LATERAL (SELECT wall.clock_time AT TIME ZONE o.zone AS instant) AS last
    CROSS JOIN LATERAL (SELECT CASE WHEN (last.instant - interval '1 hour') AT TIME ZONE o.zone = wall.clock_time
        THEN last.instant - interval '1 hour' ELSE last.instant END AS instant) AS first"""
NEXT_DIGEST = f"""(SELECT min(d.instant) FROM ({DIGEST_TIMES.format(now="app_now()")}) d WHERE d.instant > app_now())"""
# Takes the instant `{now}`.
LAST_DIGEST = f"(SELECT max(d.instant) FROM ({DIGEST_TIMES}) d WHERE d.instant <= {{now}})"
