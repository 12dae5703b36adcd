"""Stale client statuses: the rule, and the daily notification of staff, once per stale change."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise import connections
from tortoise.backends.base.client import BaseDBAsyncClient

from domain.client_status.notices.digest_schedule import LAST_DIGEST
from domain.database import clock
from domain.engine import unit_of_work
from domain.engine.registry import Registry
from domain.engine.unit_of_work import UnitOfWork
from domain.kernel.actors import CLOCK
from domain.orders.recipients import staff_of
from domain.orders.scope import ENDED_STATES

# A status is stale when its client has seen it, its order is not ended, and it has not changed for long. Days are those
# of the operator's wall clock; the instant before which it must have changed is the same for all, and null for never.
LAST_FRESH = """(SELECT ({now} AT TIME ZONE o.zone - make_interval(days => r.stale_after_days)) AT TIME ZONE o.zone
    FROM operator_settings o, status_rules r)"""
ORDER_IS_RUNNING = f"{{o}}.deleted_at IS NULL AND {{o}}.archived_at IS NULL AND {{o}}.status NOT IN {ENDED_STATES}"
# Over the instant `{now}`, the status `{t}` and its order `{o}`.
IS_STALE = f"""{{t}}.visibility = 'SHOWN' AND {{t}}.shown_since IS NOT NULL
    AND coalesce({{t}}.changed_at <= {LAST_FRESH}, FALSE) AND {ORDER_IS_RUNNING}"""

MESSAGE_NAME = "clientStatus.stale"
# True also when there was no search yet, or one in the future because the clock was set back.
CLAIM_TODAY = f"""UPDATE status_rules SET stale_looked_at = $1 WHERE id IN (SELECT r.id FROM status_rules r
    WHERE (r.stale_looked_at BETWEEN {LAST_DIGEST.format(now="$1::timestamptz")} AND $1) IS NOT TRUE
    FOR UPDATE SKIP LOCKED) RETURNING id"""
# A move holds the lock of its order and may write the status, so locked rows are skipped and found the next day. No
# statement waits for these locks, so that they cause no deadlock.
INSERT_MESSAGES = f"""
WITH silent AS MATERIALIZED (SELECT s.id FROM client_statuses s JOIN orders held ON held.id = s.order_id
    WHERE s.stale_told_for IS DISTINCT FROM s.changed_at AND {IS_STALE.format(t="s", o="held", now="$1::timestamptz")}
    FOR NO KEY UPDATE OF s, held SKIP LOCKED),
notified AS (UPDATE client_statuses s SET stale_told_for = s.changed_at, stale_told_at = $1
    FROM silent WHERE s.id = silent.id RETURNING s.order_id)
INSERT INTO outbox (id, name, recipient_role, account_id, subject_kind, subject_id, state, attempts, next_attempt_at,
        created_at)
    SELECT uuidv7(), '{MESSAGE_NAME}', 'STAFF', reader.account_id, 'statusRules', $2, 'PENDING', 0,
        clock_timestamp(), $1
    FROM ({staff_of("ANY (SELECT notified.order_id FROM notified)")}) AS reader (account_id, contact_id, customer_id)
    WHERE EXISTS (SELECT 1 FROM notified) RETURNING id"""
SELECT_NOTIFIED = "SELECT id FROM client_statuses WHERE stale_told_at = $1 AND stale_told_for = changed_at ORDER BY id"


async def notify_stale(registry: Registry) -> int:
    """Notify employees once a day, at or after the digest hour, of stale statuses that they were not notified of yet.

    Return how many messages were written. Opens its own transaction; one of several schedulers does it.
    """
    return await unit_of_work.run(registry, CLOCK, _notify)


async def _notify(work: UnitOfWork) -> int:
    now = await clock.now(work.connection)
    rules = await work.connection.execute_query_dict(CLAIM_TODAY, [now])
    for rule in rules:
        work.changes.message_ids += await _insert_messages(work.connection, now, rule["id"])
    return len(work.changes.message_ids)


async def notified_at(instant: datetime) -> Sequence[UUID]:
    """The orders whose statuses staff were notified of at this instant, and which have not changed since."""
    rows = await connections.get("default").execute_query_dict(SELECT_NOTIFIED, [instant])
    return [row["id"] for row in rows]


async def _insert_messages(connection: BaseDBAsyncClient, now: datetime, rules_id: UUID) -> list[UUID]:
    return [row["id"] for row in await connection.execute_query_dict(INSERT_MESSAGES, [now, rules_id])]
