"""The check of the daily anchors: each day's heads give its hash, and no day before the last anchor lacks one."""

import asyncpg

from domain.database.anchors import HASH, HEADS
from domain.verification.findings import Report

DAYS = "SELECT day, lag(hash) OVER (ORDER BY day) AS previous FROM chain_anchors ORDER BY day"
CHANGED = f"""SELECT a.day AS row_id, 'DAY_CHANGED' AS fault FROM chain_anchors a WHERE a.day = $1::date
    AND a.hash IS DISTINCT FROM (SELECT {HASH.format(previous="$2::bytea")} FROM ({HEADS.format(day="$1::date")}) h)"""
WITHOUT = """SELECT DISTINCT (e.at AT TIME ZONE 'UTC')::date AS row_id, 'ANCHOR_MISSING' AS fault FROM events e
    WHERE (e.at AT TIME ZONE 'UTC')::date < (SELECT max(a.day) FROM chain_anchors a)
        AND (e.at AT TIME ZONE 'UTC')::date NOT IN (SELECT a.day FROM chain_anchors a) ORDER BY 1"""


async def check_days(connection: asyncpg.Connection, report: Report) -> None:
    """Every anchored day still gives its hash, and none before the last one is without; deleted anchors have seals."""
    for day, previous in await connection.fetch(DAYS):
        report.add("chain_anchors", await connection.fetch(CHANGED, day, previous))
    report.add("chain_anchors", await connection.fetch(WITHOUT))
