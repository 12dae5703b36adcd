"""A daily hash over the heads of all event chains, each anchored on the one before."""

from datetime import date, timedelta

from tortoise import connections

from domain.database import clock

# After this the day is over and every transaction that began in it has ended.
DAY_END_MARGIN = timedelta(hours=1)

# Development moves the clock and sets it back: a day that seemed to be over would go on.
IS_MOVED = "SELECT shift_seconds <> 0 AND frozen_at IS NULL AS moved FROM clock"
LAST_DAY = "SELECT max(day) AS day FROM chain_anchors"
NEXT_DAY = """SELECT (min(at) AT TIME ZONE 'UTC')::date AS day FROM events
    WHERE $1::date IS NULL OR at >= ($1::date + 1)::timestamp AT TIME ZONE 'UTC'"""
HEADS = """SELECT DISTINCT ON (subject_kind, subject_id) subject_kind, subject_id, hash FROM events
    WHERE at >= {day}::timestamp AT TIME ZONE 'UTC' AND at < ({day} + 1)::timestamp AT TIME ZONE 'UTC'
    ORDER BY subject_kind, subject_id, sequence DESC"""
HASH = """sha256(coalesce({previous}, ''::bytea)
    || string_agg(h.hash, ''::bytea ORDER BY h.subject_kind, h.subject_id))"""
PREVIOUS = "(SELECT hash FROM chain_anchors WHERE day < $1::date ORDER BY day DESC LIMIT 1)"
ANCHOR = f"""INSERT INTO chain_anchors (day, hash, heads, anchored_at)
    SELECT $1::date, {HASH.format(previous=PREVIOUS)}, count(*), app_now()
    FROM ({HEADS.format(day="$1::date")}) h HAVING count(*) > 0 ON CONFLICT (day) DO NOTHING"""
BROKEN = f"""SELECT a.day
    FROM (SELECT day, hash, lag(hash) OVER (ORDER BY day) AS previous FROM chain_anchors) a
    WHERE a.hash IS DISTINCT FROM (SELECT {HASH.format(previous="a.previous")}
    FROM ({HEADS.format(day="a.day")}) h) ORDER BY a.day"""


async def anchor_finished_days() -> int:
    """Anchor each day (UTC) that is over and has events, oldest first; return how many: none by a moved clock."""
    connection, anchored = connections.get("default"), 0
    (moved,) = await connection.execute_query_dict(IS_MOVED)
    if moved["moved"]:
        return 0
    last_over = ((await clock.now(connection)) - DAY_END_MARGIN).date() - timedelta(days=1)
    (last,) = await connection.execute_query_dict(LAST_DAY)
    if last["day"] is not None and last["day"] >= last_over:
        return 0
    while (day := await _next_day()) is not None and day <= last_over:
        await connection.execute_query(ANCHOR, [day])
        anchored += 1
    return anchored


async def broken_anchors() -> list[date]:
    """The days whose events no longer give the anchored hash; empty when nothing was tampered with."""
    return [row["day"] for row in await connections.get("default").execute_query_dict(BROKEN)]


async def _next_day() -> date | None:
    connection = connections.get("default")
    (last,) = await connection.execute_query_dict(LAST_DAY)
    (row,) = await connection.execute_query_dict(NEXT_DAY, [last["day"]])
    day: date | None = row["day"]
    return day
