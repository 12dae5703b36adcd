"""The check of all event chains and their heads: batch by batch, in constant memory."""

import asyncpg

from domain.verification.findings import Report

BATCH = 20_000
START = ("", "00000000-0000-0000-0000-000000000000", 0, b"")
# The batch after the event that $1, $2 and $3 name, whose hash is $4: each event follows from its predecessor. Only
# broken ones leave the database, and the last one, from which the next batch goes on.
CHAINS = """
WITH page AS MATERIALIZED (
    SELECT * FROM events WHERE (subject_kind, subject_id, sequence) > ($1::text, $2::uuid, $3::int)
    ORDER BY subject_kind, subject_id, sequence LIMIT $5),
linked AS (
    SELECT p.*, coalesce(lag(p.hash) OVER chain, before.hash, ''::bytea) AS expected,
        coalesce(lag(p.sequence) OVER chain, before.sequence, 0) AS earlier
    FROM page p LEFT JOIN (SELECT $4::bytea AS hash, $3::int AS sequence) before
        ON (p.subject_kind, p.subject_id) = ($1::text, $2::uuid)
    WINDOW chain AS (PARTITION BY p.subject_kind, p.subject_id ORDER BY p.sequence)),
judged AS (
    SELECT l.*, CASE
        WHEN hash <> event_hash(previous_hash, l.id, subject_kind, subject_id, sequence, order_id, name, at, due_at,
            actor_role, account_id, link_id, actor_name, audience, body) THEN 'CHANGED'
        WHEN sequence <> earlier + 1 THEN 'PREDECESSOR_MISSING'
        WHEN previous_hash <> expected THEN 'NOT_LINKED' END AS fault
    FROM linked l)
SELECT id AS row_id, subject_kind || ' ' || subject_id AS subject, fault, subject_kind, subject_id, sequence, hash,
    counted.events
FROM judged, (SELECT count(*) AS events FROM page) counted
WHERE fault IS NOT NULL OR sequence = (SELECT p.sequence FROM page p ORDER BY subject_kind DESC, subject_id DESC,
        sequence DESC LIMIT 1)
    AND (subject_kind, subject_id) = (SELECT p.subject_kind, p.subject_id FROM page p ORDER BY subject_kind DESC,
        subject_id DESC LIMIT 1)
ORDER BY subject_kind, subject_id, sequence"""
# The last event of each chain is the one that its head names; both are read in one statement, so that moves that are
# made meanwhile do not matter.
HEADS = """
WITH last AS (SELECT DISTINCT ON (subject_kind, subject_id) id, subject_kind, subject_id, sequence, hash
    FROM events ORDER BY subject_kind, subject_id, sequence DESC)
SELECT coalesce(h.id, l.id) AS row_id,
    coalesce(h.subject_kind || ' ' || h.subject_id, l.subject_kind || ' ' || l.subject_id) AS subject, CASE
        WHEN l.id IS NULL THEN 'CHAIN_MISSING' WHEN h.id IS NULL THEN 'HEAD_MISSING'
        WHEN l.sequence < h.sequence THEN 'END_MISSING' ELSE 'HEAD_CHANGED' END AS fault
FROM chain_heads h FULL JOIN last l ON (l.subject_kind, l.subject_id) = (h.subject_kind, h.subject_id)
WHERE (l.sequence, l.hash) IS DISTINCT FROM (h.sequence, h.hash) ORDER BY subject LIMIT 1000"""


async def check_chains(connection: asyncpg.Connection, report: Report) -> None:
    """Every event has the hash of its content and its predecessor, and no event is missing between two."""
    place = START
    while rows := await connection.fetch(CHAINS, *place, BATCH):
        report.events += rows[0]["events"]
        report.add("events", [row for row in rows if row["fault"]])
        last = rows[-1]
        place = (last["subject_kind"], last["subject_id"], last["sequence"], last["hash"])


async def check_heads(connection: asyncpg.Connection, report: Report) -> None:
    """Every chain ends where its head says, and none is missing as a whole."""
    report.add("chain_heads", await connection.fetch(HEADS))
