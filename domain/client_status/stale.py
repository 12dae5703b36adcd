"""When a client status is stale: shown, its order running, and not changed for as many days as the rules say."""

from collections.abc import Sequence
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

KIND = "clientStatus.stale"
# Days are those of the clock on the wall in the operator's zone.
ZONE = "(SELECT o.zone FROM operator_settings o)"
PATIENCE = "(SELECT make_interval(days => r.stale_after_days) FROM status_rules r)"
STALE_AT = f"""(CASE WHEN {{t}}.visibility = 'SHOWN'
    THEN ({{t}}.changed_at AT TIME ZONE {ZONE} + {PATIENCE}) AT TIME ZONE {ZONE} END)"""
RUNNING = """EXISTS (SELECT 1 FROM orders o WHERE o.id = {t}.order_id AND o.deleted_at IS NULL AND o.archived_at IS NULL
    AND o.status NOT IN ('CANCELED', 'REJECTED', 'COMPLETED'))"""
# Over the instant `{now}`, for those who read.
STALE = f"coalesce({STALE_AT} <= {{now}}, FALSE) AND {RUNNING}"

FOLLOW = f"""
WITH due AS (SELECT s.id, {STALE_AT.replace("{t}", "s")} AS at FROM client_statuses s WHERE s.id = ANY($1::uuid[])),
kept AS (UPDATE deadlines d SET anchor_at = coalesce(due.at, d.anchor_at), due_at = coalesce(due.at, d.due_at),
        next_attempt_at = coalesce(due.at, d.next_attempt_at), attempts = 0, last_error = NULL,
        state = CASE WHEN due.at IS NULL THEN 'DISARMED' ELSE 'PENDING' END
    FROM due WHERE d.subject_id = due.id AND d.kind = '{KIND}' AND d.state IN ('PENDING', 'FAILED')
    RETURNING d.subject_id)
INSERT INTO deadlines (id, kind, subject_kind, subject_id, order_id, anchor_at, due_at, basis, state, attempts,
        next_attempt_at)
    SELECT uuidv7(), '{KIND}', 'clientStatus', due.id, due.id, due.at, due.at, 'changed_at', 'PENDING', 0, due.at
    FROM due WHERE due.at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM kept WHERE kept.subject_id = due.id)"""


async def follow_staleness(connection: BaseDBAsyncClient, ids: Sequence[UUID]) -> None:
    """Bring the deadlines of these statuses into step with their last change; their orders are locked."""
    if ids:
        await connection.execute_query(FOLLOW, [list(ids)])
