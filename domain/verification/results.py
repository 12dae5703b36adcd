"""Results of verifications: kept, and administrators are told once when the history breaks."""

import json
import time
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from domain.database.pools import read_sessions
from domain.verification.findings import Report
from domain.verification.verify import verify

MESSAGE_NAME, SUBJECT_KIND = "verification.failed", "verification"
INTERVAL = "23 hours 30 minutes"
# One scheduler of several records a day's result; the others find it.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7266002)"
# Once a day, and whenever an administrator has asked for it since the last one began.
IS_DUE = f"""SELECT v.at IS NULL OR v.at <= clock_timestamp() - interval '{INTERVAL}'
        OR coalesce(v.began_at < s.verification_requested_at, FALSE) AS due
    FROM (SELECT max(at) AS at, max(at - make_interval(secs => seconds)) AS began_at FROM verifications) v,
        operator_settings s"""
WAS_OK = "SELECT coalesce((SELECT broken = 0 FROM verifications ORDER BY at DESC LIMIT 1), TRUE) AS ok"
INSERT = """INSERT INTO verifications (id, at, broken, events, rows, documents, files, unchecked, findings, seconds)
    VALUES (uuidv7(), clock_timestamp(), $1, $2, $3, $4, $5, $6, $7::jsonb, $8) RETURNING id"""
NOTIFY = f"""INSERT INTO outbox (id, name, recipient_role, account_id, subject_kind, subject_id, state, attempts,
        next_attempt_at, created_at)
    SELECT uuidv7(), '{MESSAGE_NAME}', 'ADMIN', a.id, '{SUBJECT_KIND}', $1, 'PENDING', 0, clock_timestamp(), app_now()
    FROM accounts a WHERE a.status = 'ACTIVE' AND 'ADMIN' = ANY (a.roles)"""
SELECT = """SELECT at, broken, findings::text AS findings FROM verifications WHERE id = $1"""


async def verify_when_due(database_url: str, storage_url: str) -> bool:
    """Verify the history once a day or when asked to; return whether a result was recorded. For the scheduler."""
    if not await _is_due(connections.get("default")):
        return False
    started = time.monotonic()
    report = await verify(database_url, storage_url)
    async with in_transaction() as connection:
        await connection.execute_query(ONE_AT_A_TIME)
        if not await _is_due(connection):
            return False
        await _record(connection, report, time.monotonic() - started)
    return True


async def verify_now(database_url: str, storage_url: str) -> Report:
    """Verify the history and keep the result. For the command."""
    started = time.monotonic()
    report = await verify(database_url, storage_url)
    async with in_transaction() as connection:
        await connection.execute_query(ONE_AT_A_TIME)
        await _record(connection, report, time.monotonic() - started)
    return report


async def load_result(verification_id: UUID) -> dict[str, Any]:
    """A result for the mail about it: when, how many rows are broken, and the first of them."""
    row = await read_sessions().fetchrow(SELECT, verification_id)
    findings = json.loads(row["findings"])
    return {"at": row["at"], "broken": row["broken"], "first": findings[0] if findings else None}


async def _is_due(connection: BaseDBAsyncClient) -> bool:
    (row,) = await connection.execute_query_dict(IS_DUE)
    return bool(row["due"])


async def _record(connection: BaseDBAsyncClient, report: Report, seconds: float) -> None:
    (before,) = await connection.execute_query_dict(WAS_OK)
    findings = json.dumps(report.as_json())
    counts = [report.broken, report.events, report.rows, report.documents, report.files, report.unchecked]
    (row,) = await connection.execute_query_dict(INSERT, [*counts, findings, seconds])
    if before["ok"] and not report.is_ok:
        await connection.execute_query(NOTIFY, [row["id"]])
