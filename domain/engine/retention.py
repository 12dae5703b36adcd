"""Removing what has expired in real time, whatever a moved clock shows: keys, sessions, tokens, links."""

from tortoise import connections

from domain.accounts.sessions import end_expired_sessions

BATCH = 1_000

# A link that is over still says so for a while; a session or a token has nothing to say. Operations on many orders go
# with their results, and those first: there are many of them.
EXPIRED = {
    "idempotency_records": "created_at < clock_timestamp() - interval '7 days'",
    "api_tokens": "expires_at < clock_timestamp()",
    "bulk_items": """operation_id IN
        (SELECT o.id FROM bulk_operations o WHERE o.created_at < app_now() - interval '30 days')""",
    "bulk_operations": """created_at < app_now() - interval '30 days'
        AND NOT EXISTS (SELECT 1 FROM bulk_items i WHERE i.operation_id = bulk_operations.id)""",
    "links": "expires_at < clock_timestamp() - interval '90 days'",
}
REMOVE = """DELETE FROM {table} WHERE id IN
    (SELECT id FROM {table} WHERE {condition} LIMIT {limit} FOR UPDATE SKIP LOCKED) RETURNING id"""


async def remove_expired() -> int:
    """Remove a portion of each kind; returns how many rows went. Any number may run at once."""
    connection, removed = connections.get("default"), await end_expired_sessions(BATCH)
    for table, condition in EXPIRED.items():
        statement = REMOVE.format(table=table, condition=condition, limit=BATCH)
        removed += len(await connection.execute_query_dict(statement))
    return removed
