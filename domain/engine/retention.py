"""Removal of rows that have expired in real time; a moved clock does not count."""

from functools import partial

from tortoise import connections

from domain.engine.noun import Cleanup
from domain.engine.registry import Registry

BATCH = 1_000
REMOVE = """DELETE FROM {table} WHERE id IN
    (SELECT id FROM {table} WHERE {condition} LIMIT {limit} FOR UPDATE SKIP LOCKED) RETURNING id"""


async def remove_expired(registry: Registry) -> int:
    """Remove a portion of everything that has expired; return how many rows went. Any number may run at once."""
    removed = await REMOVE_IDEMPOTENCY_RECORDS()
    for noun in registry.nouns:
        for cleanup in noun.cleanups:
            removed += await cleanup()
    return removed


async def remove_where(table: str, condition: str) -> int:
    """Remove a portion of a table's rows; `condition` is SQL over its columns."""
    statement = REMOVE.format(table=table, condition=condition, limit=BATCH)
    return len(await connections.get("default").execute_query_dict(statement))


def cleanup(table: str, condition: str) -> Cleanup:
    """The removal of a table's rows as a noun registers it."""
    return partial(remove_where, table, condition)


REMOVE_IDEMPOTENCY_RECORDS = cleanup("idempotency_records", "created_at < clock_timestamp() - interval '7 days'")
