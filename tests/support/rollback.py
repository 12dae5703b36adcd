"""Rolled-back attempts: run something in the database, see whether it wrote anything, and undo it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

# The view of the same numbers takes ten times as long, since it looks for the indexes of each table.
WRITES = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
           + pg_stat_get_xact_tuples_deleted(oid))::bigint AS count
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class Undo(Exception):
    """Raised to roll back; never leaves this module."""


@asynccontextmanager
async def rolled_back() -> AsyncIterator[BaseDBAsyncClient]:
    """Open a transaction whose changes are undone at the end."""
    try:
        async with in_transaction() as connection:
            yield connection
            raise Undo
    except Undo:
        return


async def contents(connection: BaseDBAsyncClient) -> str:
    """A digest of everything in the database: equal before and after means that nothing was written."""
    tables = [row["tablename"] for row in await connection.execute_query_dict(TABLES)]
    whole = "md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
    digests = [f"SELECT '{table}' AS name, {whole} AS digest FROM {table} t" for table in tables]
    (row,) = await connection.execute_query_dict(
        f"SELECT md5(string_agg(name || digest, '' ORDER BY name)) AS digest FROM ({' UNION ALL '.join(digests)}) d"
    )
    digest: str = row["digest"]
    return digest


async def attempted_writes(connection: BaseDBAsyncClient) -> int:
    """The rows that this transaction has inserted, updated or deleted so far, undone ones included.

    An equal number before and after means that nothing was written; a higher one that `contents` has to say.
    """
    (row,) = await connection.execute_query_dict(WRITES)
    count: int = row["count"]
    return count
