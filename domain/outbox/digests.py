"""Claims of digests: all messages of one reader that wait for the digest hour, sent as one mail.

Messages that were tried together are tried again together, under the same message id and with nothing new in it: a
reader's mail program may take the second mail for the first and hide it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise import connections

from domain.database.leases import RENEWED
from domain.kernel.ids import new_id
from domain.outbox.claims import COLUMNS, MessageBatch, claimed_message

# Only what a customer is told of client statuses may wait for a digest.
CLIENT_STATUS_DIGEST = "clientStatus.digest"

# Claims messages by their first one; `{waiting}` are those that may be sent, `{together}` what one mail has in common.
CLAIM_TOGETHER = f"""
WITH due AS MATERIALIZED (
    SELECT id, first_value(id) OVER one_mail AS first_id, max(digest_at) OVER one_mail AS digest_at
    FROM outbox WHERE state = 'PENDING' AND {{waiting}} AND next_attempt_at <= clock_timestamp()
    WINDOW one_mail AS (
        PARTITION BY {{together}}
        ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
ours AS (
    SELECT o.id FROM outbox o JOIN due d ON d.id = o.id AND d.id = d.first_id
    WHERE o.state = 'PENDING' AND o.next_attempt_at <= clock_timestamp()
    ORDER BY o.id LIMIT $2 FOR UPDATE OF o SKIP LOCKED)
UPDATE outbox SET attempts = attempts + 1, claim_id = $1, next_attempt_at = {RENEWED}, digest_at = d.digest_at
FROM due d JOIN ours u ON u.id = d.first_id
WHERE outbox.id = d.id AND outbox.state = 'PENDING'
RETURNING d.first_id, {", ".join(f"outbox.{column.strip()}" for column in COLUMNS.split(","))}"""
CLAIM = CLAIM_TOGETHER.format(
    waiting="digest_at <= app_now()", together="contact_id, CASE WHEN attempts > 0 THEN digest_at END"
)


async def claim_digests(limit: int) -> Sequence[MessageBatch]:
    """Claim up to `limit` readers' digests whose hour has come, the longest waiting first.

    The claim of a digest's first message claims it whole, so that no two dispatchers share one.
    """
    rows = await connections.get("default").execute_query_dict(CLAIM, [new_id(), limit])
    return batches_of(rows, CLIENT_STATUS_DIGEST)


def batches_of(rows: Iterable[Mapping[str, Any]], name: str) -> Sequence[MessageBatch]:
    """The messages that were claimed together, each batch ordered by their ids."""
    together: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["id"]):
        together.setdefault(row["first_id"], []).append(row)
    return [
        MessageBatch(name=name, messages=tuple(claimed_message(row) for row in rows_of_one))
        for rows_of_one in together.values()
    ]
